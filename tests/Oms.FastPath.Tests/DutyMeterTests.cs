using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.SharedMemory.Counters;
using Oms.SharedMemory.Regions;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>What FastPath counts of itself, as another process reads it.</summary>
public sealed class DutyMeterTests : IDisposable
{
    private const int BatchesPerSample = 16;

    private readonly TemporaryFolder _folder = new("meter");
    private readonly SharedRegion _region;
    private readonly CounterBoard _board;
    private readonly DutyMeter _meter;

    public DutyMeterTests()
    {
        _region = SharedRegion.ForDataFolder(_folder.Path);
        _board = CounterBoard.Open(_region, "fastpath");
        _meter = new(_board);
    }

    private CounterReading Reading =>
        CounterReading.Take(_region, "fastpath") ?? throw new InvalidOperationException();

    public void Dispose()
    {
        _board.Dispose();
        _region.Delete();
        _folder.Dispose();
    }

    [Fact]
    public void Inputs_events_and_requests_are_counted_by_what_they_are()
    {
        _meter.Input(Order(offered: 0));
        _meter.Input(Order(offered: 0));
        _meter.Input(Bytes(new Tick { Header = MessageHeader.For<Tick>() }));
        _meter.Event(Bytes(Report(ExecutionType.PendingNew, RejectReason.None)));
        _meter.Event(Bytes(Report(ExecutionType.Rejected, RejectReason.Halted)));
        _meter.Event(Bytes(default(HaltChanged) with { Header = MessageHeader.For<HaltChanged>() }));
        _meter.Request();
        _meter.Set(Counter.LiveOrders, 9);

        CounterReading read = Reading;
        Assert.Equal((3, 3, 1, 9), (
            read[Counter.Inputs], read[Counter.Events], read[Counter.Requests], read[Counter.LiveOrders]));
        Assert.Equal((2, 1, 0), (
            read[MessageKind.PlaceOrder], read[MessageKind.Tick], read[MessageKind.CancelOrder]));
        Assert.Equal((1, 1, 0), (
            read[ExecutionType.PendingNew], read[ExecutionType.Rejected], read[ExecutionType.Trade]));
        Assert.Equal((1, 0), (read[RejectReason.Halted], read[RejectReason.ConnectorDown]));
    }

    [Fact]
    public void Turns_without_work_are_no_busy_ones_and_the_longest_is_kept()
    {
        Turn(from: 1_000, to: 1_300, work: 1);
        Turn(from: 2_000, to: 2_900, work: 3);
        Turn(from: 3_000, to: 3_100, work: 2);
        Turn(from: 4_000, to: 99_000, work: 0);

        CounterReading read = Reading;
        Assert.Equal((4, 3, 900), (
            read[Counter.Cycles], read[Counter.BusyCycles], read[Counter.CycleNanosLongest]));
        Assert.Equal(3, read.CountOf(LatencyStage.Cycle));
    }

    [Fact]
    public void One_batch_of_sixteen_is_timed_and_a_batch_without_an_order_is_not_timed_from_its_offer()
    {
        for (int batch = 0; batch < 2 * BatchesPerSample; batch++)
        {
            Batch(Order(offered: 1_000), ticks: 1_500);
        }

        for (int batch = 0; batch < BatchesPerSample; batch++)
        {
            Batch(Bytes(new Tick { Header = MessageHeader.For<Tick>() }), ticks: 1_500);
        }

        CounterReading read = Reading;
        Assert.Equal((2, 3, 3, 3), (
            read.CountOf(LatencyStage.Ring), read.CountOf(LatencyStage.Log),
            read.CountOf(LatencyStage.Decide), read.CountOf(LatencyStage.Publish)));
        Assert.InRange(read.NanosAt(LatencyStage.Ring, 1000), 500, 500 + (500 / 8));
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        byte[] order = Order(offered: 1_000);
        byte[] report = Bytes(Report(ExecutionType.Rejected, RejectReason.Halted));
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 100 && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int count = 0; count < 1_000; count++)
            {
                _meter.CycleBegins(count);
                Batch(order, ticks: count);
                _meter.Input(order);
                _meter.Event(report);
                _meter.Request();
                _meter.CycleDone(1, count + 1);
                _meter.Set(Counter.LiveOrders, count);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private void Turn(long from, long to, int work)
    {
        _meter.CycleBegins(from);
        _meter.CycleDone(work, to);
    }

    private void Batch(ReadOnlySpan<byte> batch, long ticks)
    {
        _meter.BatchTaken(batch, ticks);
        _meter.Done(LatencyStage.Log);
        _meter.Done(LatencyStage.Decide);
        _meter.Done(LatencyStage.Publish);
    }

    private static byte[] Order(long offered) => Bytes(default(PlaceOrder) with
    {
        Header = MessageHeader.For<PlaceOrder>(),
        Stamps = new() { GatewayReceived = 0, GatewayOffered = offered, FastPathPolled = 0 },
    });

    private static byte[] Bytes<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage => MessageBytes.Of(in message).ToArray();

    private static ExecutionReport Report(ExecutionType type, RejectReason reason) =>
        default(ExecutionReport) with
        {
            Header = MessageHeader.For<ExecutionReport>(), ExecutionType = type, RejectReason = reason,
        };
}
