using System.Runtime.InteropServices;
using Oms.Domain.Messages;

namespace Oms.FastPath;

/// <summary>When FastPath took in a batch. The clocks are read once for all that is in it.</summary>
/// <param name="unixNanos">What the engine knows as the time.</param>
/// <param name="ticks">Monotonic, nanoseconds.</param>
internal readonly struct BatchStamp(long unixNanos, long ticks)
{
    public long Ticks => ticks;

    public static BatchStamp Now(NeverBackClock clock)
    {
        long unixNanos = clock.Now(out long ticks);
        return new(unixNanos, ticks);
    }

    public void WriteInto(Span<byte> input)
    {
        ref MessageHeader header = ref MemoryMarshal.AsRef<MessageHeader>(input);
        header = header with { LogSequence = 0, AccountSequence = 0, UnixNanos = unixNanos };
        switch (header.Kind)
        {
            case MessageKind.PlaceOrder:
                ref PlaceOrder order = ref MemoryMarshal.AsRef<PlaceOrder>(input);
                order = order with { Stamps = Polled(order.Stamps) };
                break;
            case MessageKind.PlaceOrderList:
                ref PlaceOrderList list = ref MemoryMarshal.AsRef<PlaceOrderList>(input);
                list = list with { Stamps = Polled(list.Stamps) };
                break;
            case MessageKind.ReplaceOrder:
                ref ReplaceOrder replacement = ref MemoryMarshal.AsRef<ReplaceOrder>(input);
                replacement = replacement with { Stamps = Polled(replacement.Stamps) };
                break;
            default:
                break;
        }
    }

    /// <summary>What was offered while the batch was taken in was polled then, not before.</summary>
    private CommandStamps Polled(CommandStamps stamps) =>
        stamps with { FastPathPolled = Math.Max(ticks, stamps.GatewayOffered) };
}
