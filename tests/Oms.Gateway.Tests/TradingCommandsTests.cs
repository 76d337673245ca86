using System.Diagnostics;
using System.Text.Json;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Gateway.Tests.Kit;
using Oms.Testing;

namespace Oms.Gateway.Tests;

/// <summary>The command line against a real gateway, as a script uses it.</summary>
[Collection<OneGateway>]
public sealed class TradingCommandsTests(SharedDeployment shared)
{
    private readonly TestDeployment _deployment = shared.Deployment;

    [Fact]
    public async Task Place_prints_the_accepted_order_with_every_field_of_the_contract()
    {
        OmsCommand placed = await Oms(
            "order", "place", "binance/sub_spot_arb", "BTC/USDT", "buy", "0.0100", "--limit", "50000.10",
            "--client-order-id", "by-hand", "--json");

        Assert.Equal((0, ""), (placed.ExitCode, placed.Errors));
        JsonElement order = Assert.Single(placed.Json);
        Assert.Equal(
            [
                "account", "market", "symbol", "side", "type", "time_in_force", "status", "client_order_id",
                "order_id",
                "exchange_order_id", "quantity", "filled_quantity", "price", "average_price", "reject_reason",
                "stages_us",
                "created_time", "updated_time",
            ],
            order.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            "binance/sub_spot_arb spot BTC/USDT buy limit GTC pending_new by-hand 0.01 0 50000.1",
            string.Join(' ', Texts(
                order, "account", "market", "symbol", "side", "type", "time_in_force", "status",
                "client_order_id",
                "quantity", "filled_quantity", "price")));
        Assert.Equal(JsonValueKind.Null, order.GetProperty("reject_reason").ValueKind);
    }

    [Fact]
    public async Task A_refused_order_exits_with_one_and_its_reason()
    {
        OmsCommand rejected = await Oms(
            "order", "place", TestMarket.SpotName, "BTC/USDT", "sell", "1", "--client-order-id", "reject-1",
            "--json");
        Assert.Equal((1, "rejected: insufficient_balance"), (rejected.ExitCode, rejected.Errors));
        Assert.Equal(["rejected", "insufficient_balance"], Texts(Assert.Single(rejected.Json), "status",
            "reject_reason"));

        OmsCommand elsewhere = await Oms(
            "order", "place", TestMarket.FuturesName, "BTC/USDT", "buy", "1", "--wait", "--json");
        Assert.Equal((1, "rejected: market_not_enabled"), (elsewhere.ExitCode, elsewhere.Errors));
        Assert.Equal(["rejected", "futures"], Texts(Assert.Single(elsewhere.Json), "status", "market"));

        OmsCommand nowhere = await Oms(
            "order", "place", TestMarket.FuturesName, "BTC/XYZ", "buy", "1", "--json");
        Assert.Equal((1, "rejected: instrument_unknown"), (nowhere.ExitCode, nowhere.Errors));
        Assert.Equal("futures", Assert.Single(nowhere.Json).GetProperty("market").GetString());

        OmsCommand nobody = await Oms("order", "place", "binance/nobody", "BTC/USDT", "buy", "1", "--json");
        Assert.Equal((1, "rejected: account_unknown"), (nobody.ExitCode, nobody.Errors));
        Assert.Equal(JsonValueKind.Null, Assert.Single(nobody.Json).GetProperty("market").ValueKind);
    }

    [Fact]
    public async Task Wait_ends_with_the_filled_order_its_stages_and_its_fills()
    {
        Task<OmsCommand> waiting = Oms(
            "order", "place", TestMarket.SpotName, "BTC/USDT", "buy", "0.01", "--client-order-id", "waited",
            "--wait",
            "--timeout", "60", "--json");
        Emit(await Seen(_deployment, "waited"), report => report with
        {
            Status = OrderStatus.New,
            ExecutionType = ExecutionType.New,
            Stages = new() { GatewayNanos = 1_000, RingNanos = 2_000, RiskNanos = 3_000,
                ConnectorNanos = 4_000, ExchangeNanos = 5_000 },
            ReplyReceived = Stopwatch.GetTimestamp(),
        });
        long sequence = Emit(await Seen(_deployment, "waited"), report => StreamExecutionsTests.Filled(in report) with
        {
            ExchangeUnixNanos = 1_700_000_001_000_000_000,
        });
        OmsCommand waited = await waiting;

        Assert.Equal((0, ""), (waited.ExitCode, waited.Errors));
        JsonElement order = Assert.Single(waited.Json);
        Assert.Equal(
            ["filled", "0.01", "49999.99"], Texts(order, "status", "filled_quantity", "average_price"));
        JsonElement stages = order.GetProperty("stages_us");
        Assert.Equal(
            ["gateway", "ring", "risk", "connector", "exchange", "back"],
            stages.EnumerateObject().Select(stage => stage.Name));
        Assert.Equal(
            [1L, 2L, 3L, 4L, 5L], stages.EnumerateObject().Take(5).Select(stage => stage.Value.GetInt64()));
        JsonElement fill = Assert.Single(order.GetProperty("fills").EnumerateArray());
        Assert.Equal(
            $"{sequence} 77 49999.99 0.01 0.00001 BTC buy",
            string.Join(' ', Texts(fill, "execution_id", "trade_id", "price", "quantity", "fee", "fee_asset",
                "side")));
        Assert.Equal(sequence, fill.GetProperty("sequence").GetInt64());
        // The OMS's time and the exchange's own.
        long nanos = (await Seen(_deployment, "waited")).Header.UnixNanos;
        Assert.Equal(
            [DateTime.UnixEpoch.AddTicks(nanos / 100).ToString("O"), "2023-11-14T22:13:21.0000000Z"],
            Texts(fill, "time", "exchange_time"));

        OmsCommand fills = await Oms("fills", "--json");
        Assert.Single(fills.Json, told => told.GetRawText() == fill.GetRawText());
    }

    [Fact]
    public async Task Wait_goes_on_over_a_killed_gateway()
    {
        await using TestDeployment own = await TestDeployment.Started();
        using Process waiting = OmsCommand.Start(
            own,
            "order", "place", TestMarket.SpotName, "BTC/USDT", "buy", "0.01", "--client-order-id", "outlives",
            "--wait", "--timeout", "60");
        ExecutionReport accepted = await Seen(own, "outlives");
        Assert.Contains("pending_new", await waiting.StandardOutput.ReadLineAsync());
        await own.KillGateway();
        own.FastPath.Emit(StreamExecutionsTests.Filled(accepted with { CorrelationId = 0 }));
        await own.StartGateway();
        string output = await waiting.StandardOutput.ReadToEndAsync();
        await waiting.WaitForExitAsync();

        Assert.Equal(0, waiting.ExitCode);
        Assert.Contains("filled 0.01 at 49999.99", output);
    }

    [Fact]
    public async Task Wait_gives_up_on_a_resting_order_when_its_time_is_over()
    {
        OmsCommand resting = await Oms(
            "order", "place", TestMarket.SpotName, "BTC/USDT", "buy", "0.01", "--limit", "1", "--wait",
            "--timeout", "1", "--json");

        Assert.Equal((0, "after 1 s it is pending_new"), (resting.ExitCode, resting.Errors));
        Assert.Equal("pending_new", Assert.Single(resting.Json).GetProperty("status").GetString());
        Assert.Empty(resting.Json[0].GetProperty("fills").EnumerateArray());
    }

    [Fact]
    public async Task Cancel_takes_the_id_in_three_ways_and_says_why_not()
    {
        OmsCommand placed = await Oms(
            "order", "place", TestMarket.SpotName, "BTC/USDT", "buy", "1", "--limit", "1",
            "--client-order-id", "mine", "--json");
        Assert.Equal(0, placed.ExitCode);

        OmsCommand byOption = await Oms(
            "order", "cancel", TestMarket.SpotName, "--client-order-id", "mine", "--json");
        OmsCommand byPosition = await Oms("order", "cancel", TestMarket.SpotName, "mine", "--json");
        OmsCommand unknown = await Oms(
            "order", "cancel", TestMarket.SpotName, "--order-id", "12345", "--json");

        Assert.Equal(
            ["pending_cancel", "mine"], Texts(Assert.Single(byOption.Json), "status", "client_order_id"));
        Assert.Equal("pending_cancel", Assert.Single(byPosition.Json).GetProperty("status").GetString());
        Assert.Equal((1, "not canceled: order_unknown"), (unknown.ExitCode, unknown.Errors));
        Assert.Equal(["12345", "order_unknown"], Texts(Assert.Single(unknown.Json), "order_id",
            "cancel_reject_reason"));

        OmsCommand open = await Oms("orders", "--account", TestMarket.SpotName, "--open", "--json");
        Assert.Single(open.Json, order => order.GetProperty("client_order_id").GetString() == "mine");
    }

    [Fact]
    public async Task Balances_and_positions_are_one_object_per_line()
    {
        var balance = new BalanceChanged
        {
            Header = MessageHeader.For<BalanceChanged>(TestMarket.Spot),
            AssetId = TestMarket.Usdt,
            Wallet = Market.Spot,
            Change = BalanceChange.Opening,
            Free = 150_000_000,
            ReservedAmount = 0,
            InTransit = 0,
            OrderId = OrderId.None,
        };
        _deployment.FastPath.Balances.Write(0, in balance);
        var position = new PositionChanged
        {
            Header = MessageHeader.For<PositionChanged>(TestMarket.Spot),
            InstrumentId = TestMarket.BtcUsdt,
            PositionSide = PositionSide.Both,
            Quantity = 100_000_000,
            OpenNotional = 5_000_000_000_000,
            RealizedPnl = 0,
            QuoteFees = 0,
            BaseFees = 0,
            Funding = 0,
        };
        _deployment.FastPath.Positions.Write(0, in position);

        OmsCommand balances = await Oms("balances", "--json");
        OmsCommand positions = await Oms("positions", "--json");

        Assert.Equal(
            """
            {"account":"binance/sub_spot_arb","wallet":"spot","asset":"USDT",
            "free":"1.5","reserved":"0","in_transit":"0"}
            """.ReplaceLineEndings(""),
            balances.Output.Trim());
        Assert.Equal(
            """
            {"account":"binance/sub_spot_arb","market":"spot","symbol":"BTC/USDT","position_side":"net",
            "quantity":"1","average_price":"50000","realized_pnl":"0",
            "unrealized_pnl":null,"quote_fees":"0","base_fees":"0"}
            """.ReplaceLineEndings(""),
            positions.Output.Trim());
    }

    [Fact]
    public async Task Watch_prints_executions_as_they_happen()
    {
        using Process watch = OmsCommand.Start(_deployment, "watch", "--json");
        try
        {
            // The watcher begins somewhere in a stream of orders; from there on it misses none.
            using var emitted = new CancellationTokenSource();
            Task emitting = Task.Run(async () =>
            {
                while (!emitted.IsCancellationRequested)
                {
                    OrderId order = _deployment.FastPath.NextOrderId();
                    _deployment.FastPath.Emit(TestMarket.Report(TestMarket.Spot, order, $"order-{order}"));
                    await Task.Delay(20);
                }
            });
            var sequences = new List<long>();
            for (int line = 0; line < 5; line++)
            {
                string? text = await watch.StandardOutput.ReadLineAsync(
                    new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
                JsonElement execution = JsonDocument.Parse(text!).RootElement;
                Assert.Equal("new", execution.GetProperty("execution_type").GetString());
                Assert.Equal("new", execution.GetProperty("order").GetProperty("status").GetString());
                sequences.Add(execution.GetProperty("sequence").GetInt64());
            }

            await emitted.CancelAsync();
            await emitting;
            Assert.Equal(Enumerable.Range(0, 5).Select(offset => sequences[0] + offset), sequences);
        }
        finally
        {
            watch.Kill();
            await watch.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_is_said_in_one_line()
    {
        await using var own = new TestDeployment();
        OmsCommand command = await OmsCommand.Run(own, "positions", "--json");
        Assert.Equal((1, ""), (command.ExitCode, command.Output));
        Assert.Equal(
            $"the gateway at https://127.0.0.1:{own.Port} cannot be reached; see `oms status`",
                command.Errors);
    }

    private Task<OmsCommand> Oms(params string[] arguments) => OmsCommand.Run(_deployment, arguments);

    private static string?[] Texts(JsonElement element, params string[] names) =>
        [.. names.Select(name => element.GetProperty(name).GetString())];

    private static async Task<ExecutionReport> Seen(TestDeployment deployment, string clientOrderId)
    {
        ExecutionReport? report = null;
        await Eventually.True(
            () => (report = deployment.FastPath.LastReportOf(TestMarket.Spot, clientOrderId)) is not null);
        return report.GetValueOrDefault();
    }

    private long Emit(ExecutionReport report, Func<ExecutionReport, ExecutionReport> change) =>
        _deployment.FastPath.Emit(change(report with { CorrelationId = 0 }));
}
