using System.Runtime.InteropServices;
using CsCheck;
using Oms.Domain.Messages;

namespace Oms.FastPath.Tests;

/// <summary>Whatever passes the guard, the engine digests.</summary>
public sealed class InputGuardTests
{
    private static readonly MessageKind[] Kinds =
    [
        .. Enum.GetValues<MessageKind>().Where(
            kind => kind is MessageKind.PlaceOrder or MessageKind.CancelOrder
            || (kind >= MessageKind.SessionStarted && kind < MessageKind.Tick)),
    ];

    /// <summary>Numbers that mean something here and there, and the ends of what fits.</summary>
    private static readonly Gen<ulong> Words = Gen.Frequency(
        (6, OneOf(0UL, 1UL, 2UL, 3UL, 100UL, 0x1_0000_0001UL, 0x2_0000_0001UL, 0x0303_0201_0000_0001UL)),
        (2, OneOf((1UL << 31) | 1, (1UL << 31) | 2, (1UL << 31) | 3, (1UL << 31) | 4)),
        (2, OneOf((ulong)long.MaxValue, 1UL << 63, ulong.MaxValue, 1_000_000_000_000_000_000UL)),
        (1, Gen.ULong));

    private static readonly Gen<(int Kind, uint Account, ulong[] Body)[]> Floods =
        Gen.Select(Gen.Int[0, Kinds.Length - 1], Gen.UInt[0, 5], Words.Array[28]).Array[1, 100];

    private static Gen<ulong> OneOf(params ulong[] words) =>
        Gen.Int[0, words.Length - 1].Select(index => words[index]);

    [Fact]
    public void Garbage_that_passes_the_guard_never_stops_the_engine() => Floods.Sample(
        flood =>
        {
            var deployment = new SoundState();
            foreach ((int kind, uint account, ulong[] body) in flood)
            {
                byte[] message = Message(Kinds[kind], account, body);
                bool isCommand = InputGuard.IsCommand(message);
                if (isCommand || InputGuard.IsReport(message))
                {
                    int events = deployment.Apply(message);
                    Assert.True(!isCommand || events >= 1);
                }
            }
        },
        iter: 1500);

    [Fact]
    public void Least_fee_that_a_message_can_carry_is_refused()
    {
        byte[] message = Message(MessageKind.TradeSeen, 1, [.. Enumerable.Repeat(1UL, 28)]);
        Assert.True(InputGuard.IsReport(message));
        BitConverter.TryWriteBytes(message.AsSpan(88), long.MinValue);
        Assert.False(InputGuard.IsReport(message));
    }

    [Fact]
    public void Trade_of_an_instrument_with_many_decimals_passes()
    {
        // 60000.00000000 x 1.00000000.
        byte[] message = Message(MessageKind.TradeSeen, 1, [.. Enumerable.Repeat(1UL, 28)]);
        BitConverter.TryWriteBytes(message.AsSpan(72), 6_000_000_000_000L);
        BitConverter.TryWriteBytes(message.AsSpan(80), 100_000_000L);
        Assert.True(InputGuard.IsReport(message));
    }

    private static byte[] Message(MessageKind kind, uint account, ulong[] body)
    {
        byte[] message = new byte[LengthOf(kind)];
        MemoryMarshal.AsBytes(body.AsSpan())[..(message.Length - MessageHeader.Length)].CopyTo(
            message.AsSpan(MessageHeader.Length));
        var header =
            new MessageHeader { Kind = kind, LengthBytes = (ushort)message.Length, AccountId = new(account) };
        MemoryMarshal.Write(message, in header);
        return message;
    }

    private static int LengthOf(MessageKind kind) => kind switch
    {
        MessageKind.PlaceOrder or MessageKind.OrderSeen or MessageKind.OrderRefused => 192,
        MessageKind.CancelOrder or MessageKind.InstrumentFilters or MessageKind.TopOfBook
            or MessageKind.TradeSeen or MessageKind.CancelRefused => 128,
        _ => 64,
    };
}
