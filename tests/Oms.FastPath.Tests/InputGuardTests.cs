using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using CsCheck;
using Oms.Domain.Accounts;
using Oms.Domain.Messages;

namespace Oms.FastPath.Tests;

/// <summary>Whatever passes the guard, the engine digests.</summary>
public sealed class InputGuardTests
{
    private const int BodyWords = (MessageHeader.MessageBytesMax - MessageHeader.Length) / sizeof(ulong);

    private static readonly Dictionary<MessageKind, int> LengthBytes = typeof(IMessage).Assembly.GetTypes()
        .Where(type => type.IsValueType && type.IsAssignableTo(typeof(IMessage)))
        .ToDictionary(
            type => (MessageKind)type.GetProperty(nameof(IMessage.Kind))!.GetValue(null)!,
            type => type.StructLayoutAttribute!.Size);

    /// <summary>What FastPath itself, or another shard, puts into the log.</summary>
    private static readonly MessageKind[] Own =
    [
        MessageKind.FastPathStarted, MessageKind.RiskLimits, MessageKind.AssetDefined, MessageKind.AccountDefined,
        MessageKind.InstrumentDefined, MessageKind.RingAttached, MessageKind.CapacityDefined,
        MessageKind.ConnectorChanged, MessageKind.LogPressureChanged, MessageKind.FundsDeposited,
        MessageKind.RequestAllotment, MessageKind.GrantAllotment, MessageKind.ReturnAllotment,
        MessageKind.ReclaimAllotment, MessageKind.Tick,
    ];

    /// <summary>What comes in by rings.</summary>
    private static readonly MessageKind[] Kinds =
        [.. Enum.GetValues<MessageKind>().Where(MessageKinds.IsInput).Except(Own)];

    /// <summary>Spot and futures, a byte each.</summary>
    private const ulong TwoWallets = 0x0201;

    /// <summary>Numbers that mean something here and there, and the ends of what fits.</summary>
    private static readonly Gen<ulong> Words = Gen.Frequency(
        (6, OneOf(0UL, 1UL, 2UL, 3UL, 100UL, 0x1_0000_0001UL, 0x2_0000_0001UL, 0x0303_0201_0000_0001UL,
            TwoWallets)),
        (2, OneOf((1UL << 31) | 1, (1UL << 31) | 2, (1UL << 31) | 3, (1UL << 31) | 4)),
        (2, OneOf((ulong)long.MaxValue, 1UL << 63, ulong.MaxValue, 1_000_000_000_000_000_000UL)),
        (1, Gen.ULong));

    private static readonly Gen<(int Kind, uint Account, ulong[] Body)[]> Floods =
        Gen.Select(Gen.Int[0, Kinds.Length - 1], Gen.UInt[0, 5], Words.Array[BodyWords]).Array[1, 100];

    private static Gen<ulong> OneOf(params ulong[] words) =>
        Gen.Int[0, words.Length - 1].Select(index => words[index]);

    [Fact]
    public void Garbage_that_passes_the_guard_never_stops_the_engine()
    {
        var passed = new ConcurrentDictionary<MessageKind, int>();
        Floods.Sample(
            flood =>
            {
                var deployment = new SoundState();
                foreach ((int kind, uint account, ulong[] body) in flood)
                {
                    byte[] message = Message(Kinds[kind], account, body);
                    bool isCommand = InputGuard.IsOfSilo(message);
                    if (isCommand || InputGuard.IsReport(message))
                    {
                        _ = passed.AddOrUpdate(Kinds[kind], 1, static (_, count) => count + 1);
                        int events = deployment.Apply(message);
                        Assert.True(!isCommand || events >= 1, $"nobody answered {Kinds[kind]}");
                    }
                }
            },
            iter: 1500);
        Assert.Equal(Kinds.Order(), passed.Keys.Order());
    }

    [Fact]
    public void What_FastPath_says_itself_comes_in_by_no_ring()
    {
        foreach (MessageKind kind in Enum.GetValues<MessageKind>().Except(Kinds).Where(LengthBytes.ContainsKey))
        {
            byte[] message = Message(kind, 1, [.. Enumerable.Repeat(1UL, BodyWords)]);
            Assert.False(InputGuard.IsOfSilo(message) || InputGuard.IsReport(message), $"{kind}");
        }
    }

    [Fact]
    public void Limits_come_from_the_silo_alone()
    {
        byte[] limits = Message(MessageKind.LimitsDefined, 1, [.. Enumerable.Repeat(1UL, BodyWords)]);
        Assert.True(InputGuard.IsOfSilo(limits));
        Assert.False(InputGuard.IsCommand(limits) || InputGuard.IsReport(limits));
    }

    [Fact]
    public void A_connector_halts_an_account_and_lets_none_go()
    {
        byte[] halt = Message(MessageKind.ChangeHalt, 1, new ulong[BodyWords]);
        halt[32] = (byte)HaltScope.Account;
        halt[33] = 1;
        Assert.True(InputGuard.IsReport(halt));
        halt[33] = 0;
        Assert.True(InputGuard.IsCommand(halt) && !InputGuard.IsReport(halt));
        (halt[32], halt[33]) = ((byte)HaltScope.Firm, 1);
        Assert.True(InputGuard.IsCommand(halt) && !InputGuard.IsReport(halt));
    }

    [Fact]
    public void Least_fee_that_a_message_can_carry_is_refused()
    {
        byte[] message = Message(MessageKind.TradeSeen, 1, [.. Enumerable.Repeat(1UL, BodyWords)]);
        Assert.True(InputGuard.IsReport(message));
        BitConverter.TryWriteBytes(message.AsSpan(88), long.MinValue);
        Assert.False(InputGuard.IsReport(message));
    }

    [Fact]
    public void Trade_of_an_instrument_with_many_decimals_passes()
    {
        // 60000.00000000 x 1.00000000.
        byte[] message = Message(MessageKind.TradeSeen, 1, [.. Enumerable.Repeat(1UL, BodyWords)]);
        BitConverter.TryWriteBytes(message.AsSpan(72), 6_000_000_000_000L);
        BitConverter.TryWriteBytes(message.AsSpan(80), 100_000_000L);
        Assert.True(InputGuard.IsReport(message));
    }

    private static byte[] Message(MessageKind kind, uint account, ulong[] body)
    {
        byte[] message = new byte[LengthBytes[kind]];
        MemoryMarshal.AsBytes(body.AsSpan())[..(message.Length - MessageHeader.Length)].CopyTo(
            message.AsSpan(MessageHeader.Length));
        var header =
            new MessageHeader { Kind = kind, LengthBytes = (ushort)message.Length, AccountId = new(account) };
        MemoryMarshal.Write(message, in header);
        return message;
    }
}
