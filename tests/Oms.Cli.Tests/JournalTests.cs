using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Oms.Cli.Records;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Journal;
using Oms.Testing;

namespace Oms.Cli.Tests;

/// <summary>
/// The real <c>oms journal</c> and <c>oms verify-log</c> on a log that was written for them.
/// </summary>
public sealed class JournalTests : IAsyncLifetime
{
    private readonly TestDeployment _deployment = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _deployment.DisposeAsync();

    public static TheoryData<MessageKind> Kinds =>
        [.. Enum.GetValues<MessageKind>().Except([MessageKind.None])];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_message_is_printed_with_its_fields(MessageKind kind)
    {
        Type type = Assert.Single(
            typeof(MessageHeader).Assembly.GetTypes(), type => KindOf(type) == kind);
        byte[] message = new byte[(int)type.GetField("Length")!.GetRawConstantValue()!];
        BitConverter.TryWriteBytes(message, (ushort)kind);
        BitConverter.TryWriteBytes(message.AsSpan(2), (ushort)message.Length);

        JsonElement body = Print(message).GetProperty("body");
        string[] printed = [.. body.EnumerateObject().Select(property => property.Name)];
        string[] expected = [
            .. type.GetProperties()
                .Where(property => property.GetMethod is { IsStatic: false } && property.Name != "Header")
                .Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))
                .Where(name => !name.StartsWith("reserved") && !name.StartsWith("is_of_"))];
        Assert.Equal(expected.Order(), printed.Order());
        foreach (System.Reflection.PropertyInfo property in type.GetProperties())
        {
            string name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            if (body.TryGetProperty(name, out JsonElement value))
            {
                // What has no name is printed as its number; zero has one in some enumerations.
                bool hasName = property.PropertyType.IsEnum
                    && Enum.IsDefined(property.PropertyType, Enum.ToObject(property.PropertyType, 0));
                Assert.True(
                    value.ValueKind == JsonValueKind.String || !hasName,
                    $"{type.Name}.{property.Name} is printed as {value}");
            }
        }
    }

    [Fact]
    public void A_record_tells_where_it_came_from_and_what_it_says()
    {
        var seen = new TradeSeen
        {
            Header = MessageHeader.For<TradeSeen>(new(3)) with { UnixNanos = 1_769_903_970_000_000_001 },
            OrderId = OrderId.Of(0, 5, 9),
            ExchangeOrderId = 12345678901234567,
            InstrumentId = new(2),
            Source = EvidenceSource.Stream,
            IsMaker = 1,
            Side = Side.Sell,
            PositionSide = PositionSide.Both,
            TradeId = 77,
            ExecutionId = 0,
            Price = 4_999_999,
            Quantity = 1_000,
            Fee = -5,
            FeeAssetId = new(1),
            ReservedWord = 0,
            ExchangeUnixNanos = 4,
        };
        var record = new LogRecord
        {
            RecordSequence = 41, SourceRing = 2, RingPosition = 8192, Message = MessageBytes.Of(in seen),
        };
        using var output = new MemoryStream();
        using (var lines = new RecordLines(output))
        {
            lines.Write(record);
        }

        Assert.Equal(
            """
            {"record":41,"kind":"trade_seen","unix_nanos":1769903970000000001,"account_id":3,"source_ring":2,
            "ring_position":8192,"body":{"order_id":10737418249,"exchange_order_id":12345678901234567,
            "instrument_id":2,"source":"stream","is_maker":1,"side":"sell","position_side":"both","trade_id":77,
            "execution_id":0,"price":4999999,"quantity":1000,"fee":-5,"fee_asset_id":1,"exchange_unix_nanos":4}}
            """.ReplaceLineEndings("") + "\n",
            System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }

    [Theory]
    [InlineData(Side.Sell, "\"sell\"")]
    [InlineData((Side)99, "99")]
    public void A_member_is_printed_by_its_name_and_what_is_none_by_its_number(Side side, string printed)
    {
        byte[] message = new byte[PlaceOrder.Length];
        MessageHeader header = MessageHeader.For<PlaceOrder>();
        MemoryMarshal.Write(message, in header);
        message[OffsetOf<PlaceOrder>("Terms") + OffsetOf<OrderTerms>("Side")] = (byte)side;
        JsonElement terms = Print(message).GetProperty("body").GetProperty("terms");
        Assert.Equal(printed, terms.GetProperty("side").GetRawText());
    }

    [Fact]
    public void A_refusal_is_printed_by_its_reason()
    {
        byte[] message = new byte[CancelRejected.Length];
        MessageHeader header = MessageHeader.For<CancelRejected>();
        MemoryMarshal.Write(message, in header);
        BitConverter.TryWriteBytes(
            message.AsSpan(OffsetOf<CancelRejected>("Reason")), (ushort)RejectReason.LogBehind);
        Assert.Equal("log_behind", Print(message).GetProperty("body").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Records_are_printed_from_one_on_of_a_kind_and_of_an_account()
    {
        WriteLog();
        Assert.Equal([1, 2, 3, 4, 5, 6], await RecordsAsync());
        Assert.Equal([4, 5, 6], await RecordsAsync("--from", "4"));
        Assert.Equal([3, 5], await RecordsAsync("--kind", "account_gate_changed"));
        Assert.Equal([1, 3, 5], await RecordsAsync("--account", "binance/main"));
        Assert.Equal([5], await RecordsAsync("--account", "1", "--from", "4"));
        Assert.Empty(await RecordsAsync("--from", "7"));

        Run unknownKind = await _deployment.OmsAsync("journal", "--kind", "gate");
        Assert.Equal(1, unknownKind.ExitCode);
        Assert.StartsWith("kind: 'gate' is not one of place_order, ", unknownKind.Errors);
        Run unknownAccount = await _deployment.OmsAsync("journal", "--account", "binance/gone");
        Assert.Equal(1, unknownAccount.ExitCode);
        Assert.StartsWith("account: 'binance/gone' is defined neither", unknownAccount.Errors);
    }

    [Fact]
    public async Task Following_prints_what_comes_until_it_is_stopped()
    {
        WriteLog();
        Process process = _deployment.Start("journal", "--follow", "--from", "6");
        Assert.StartsWith("{\"record\":6,", await process.StandardOutput.ReadLineAsync());
        WriteLog();
        Assert.StartsWith("{\"record\":7,", await process.StandardOutput.ReadLineAsync());
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task A_sound_log_is_verified_and_a_damaged_one_is_refused_with_its_place()
    {
        using (var log = new FolderLog(_deployment.Data.Log))
        {
            for (int i = 0; i < 10; i++)
            {
                Append(log, new Tick { Header = MessageHeader.For<Tick>() });
            }

            log.Commit();
            log.Sync();
        }

        Run sound = await VerifyAsync();
        Assert.True(sound.ExitCode == 0, sound.ToString());
        Assert.Contains("records     1 to 10, the chain holds", sound.Output);
        Run json = await VerifyAsync("--json");
        JsonElement verified = JsonDocument.Parse(json.Output).RootElement;
        string[] names = ["segments", "last_record", "replayed_inputs", "replayed_events", "bytes"];
        Assert.Equal([1, 10, 10, 0, 960], names.Select(name => verified.GetProperty(name).GetInt32()));
        Assert.Equal(16, verified.GetProperty("state_hash").GetString()!.Length);

        string segment = Directory.GetFiles(_deployment.Data.Log, "*.log").Single();
        byte[] bytes = File.ReadAllBytes(segment);
        bytes[128 + 96 + 40] ^= 1;
        File.WriteAllBytes(segment, bytes);
        Run damaged = await VerifyAsync();
        Assert.Equal(1, damaged.ExitCode);
        Assert.StartsWith($"{segment} is damaged at byte {128 + 96}: ", damaged.Errors);
        Assert.Equal("", damaged.Output);
    }

    [Fact]
    public async Task A_log_in_which_an_event_is_not_what_the_engine_derives_is_refused()
    {
        WriteLog();
        Run refused = await VerifyAsync();
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("record ", refused.Errors);
        Assert.Contains("is not what this engine derives", refused.Errors);
    }

    private static MessageKind? KindOf(Type type) =>
        type is { IsValueType: true } && typeof(IMessage).IsAssignableFrom(type)
            ? (MessageKind?)type.GetProperty("Kind")!.GetValue(null)
            : null;

    private static int OffsetOf<TMessage>(string property) =>
        (int)Marshal.OffsetOf<TMessage>($"<{property}>k__BackingField");

    private static JsonElement Print(byte[] message)
    {
        using var output = new MemoryStream();
        using (var lines = new RecordLines(output))
        {
            lines.Write(new LogRecord
            {
                RecordSequence = 1, SourceRing = 0, RingPosition = 0, Message = message,
            });
        }

        return JsonDocument.Parse(output.ToArray()).RootElement;
    }

    private static void Append<TMessage>(FolderLog log, TMessage message)
        where TMessage : unmanaged, IMessage => log.Append(MessageBytes.Of(in message));

    /// <summary>Appends six records about two accounts.</summary>
    private void WriteLog()
    {
        using var log = new FolderLog(_deployment.Data.Log);
        for (uint account = 1; account <= 2; account++)
        {
            Append(log, new AccountDefined
            {
                Header = MessageHeader.For<AccountDefined>(new(account)),
                Name = Text64.Of(account == 1 ? "binance/main" : "binance/other"),
                Exchange = Text16.Of("binance"),
                Connector = 0,
                Markets = MarketFlags.Spot,
                OwnerGroup = 0,
            });
        }

        for (uint change = 1; change <= 2; change++)
        {
            Append(log, new AccountGateChanged
            {
                Header = MessageHeader.For<AccountGateChanged>(new(1)) with
                {
                    LogSequence = log.Writer.End.LogSequence + 1, AccountSequence = change,
                },
                Gate = AccountGate.Ready,
                Reason = GateReason.EvidenceComplete,
                ReconciledUnixNanos = 0,
            });
            Append(log, new Tick { Header = MessageHeader.For<Tick>() });
        }

        log.Commit();
        log.Sync();
    }

    private async Task<IEnumerable<int>> RecordsAsync(params string[] options)
    {
        Run run = await _deployment.OmsAsync(["journal", .. options]);
        Assert.True(run.ExitCode == 0, run.ToString());
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("record").GetInt32());
    }

    private Task<Run> VerifyAsync(params string[] options) =>
        _deployment.OmsAsync(["verify-log", "--executables", TestDeployment.Binaries, .. options]);
}
