using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Engine.Tests;

public sealed class AllocationTests
{
    private const int Cycles = 5_000;

    [Fact]
    public void An_order_from_placing_to_its_fill_allocates_nothing()
    {
        Desk desk = Desk.Trading(ordersHeldMax: 1000, fillsRememberedMax: 1000);
        PlaceOrder place = Say.Place(Desk.Alpha, Desk.Toy, "counted", Side.Buy, 100, 10);
        long number = 0;
        Run(desk.Engine, in place, desk.NowUnixNanos, ref number);

        // A collection that other threads cause counts the rest of this thread's buffer as allocated, once.
        // What an order allocates would be counted in every attempt.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 4 && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run(desk.Engine, in place, desk.NowUnixNanos, ref number);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static void Run(Engine engine, in PlaceOrder place, long now, ref long number)
    {
        for (int cycle = 0; cycle < Cycles; cycle++)
        {
            number++;
            ClientOrderId clientOrderId = default;
            BinaryPrimitives.WriteInt64LittleEndian(clientOrderId, number);
            // Bought and sold in turn, so that balances last.
            Side side = number % 2 == 0 ? Side.Buy : Side.Sell;
            PlaceOrder order = Stamped(place with { ClientOrderId = clientOrderId, Side = side }, now);
            ReadOnlySpan<byte> said = engine.Apply(MessageBytes.Of(in order)).Messages;
            ExecutionReport report = MessageBytes.As<ExecutionReport>(said[..ExecutionReport.Length]);
            OrderSeen seen =
                Stamped(Say.Seen(in report, EvidenceSource.Reply, ExchangeOrderStatus.New, 0), now);
            _ = engine.Apply(MessageBytes.Of(in seen));
            TradeSeen trade = Stamped(Say.Trade(in report, EvidenceSource.Stream, number, 100, 10), now);
            _ = engine.Apply(MessageBytes.Of(in trade));
        }

        Assert.True(engine.View.LiveOrders == 0);
    }

    /// <summary>The message as FastPath stamps it.</summary>
    private static TMessage Stamped<TMessage>(TMessage message, long now)
        where TMessage : unmanaged, IMessage
    {
        ref MessageHeader header = ref MemoryMarshal.AsRef<MessageHeader>(
            MemoryMarshal.AsBytes(new Span<TMessage>(ref message)));
        header = header with { UnixNanos = now };
        return message;
    }
}
