using CsCheck;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.SharedMemory.Counters;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Tests;

/// <summary>Counters are read while they are written, and durations land in narrow buckets.</summary>
public sealed class CounterTests : IDisposable
{
    private readonly TestRegion _test = new();
    private readonly SharedRegion _region;

    public CounterTests() => _region = _test.Region;

    [Fact]
    public void What_is_counted_is_read()
    {
        Assert.Null(CounterReading.Take(_region, "fastpath"));
        using CounterBoard board = CounterBoard.Open(_region, "fastpath");
        board.Add(Counter.Inputs);
        board.Add(Counter.Inputs, 4);
        board.Set(Counter.LiveOrders, 7);
        board.Raise(Counter.CycleNanosLongest, 90);
        board.Raise(Counter.CycleNanosLongest, 80);
        board.Count(MessageKind.AmendRefused);
        board.Count(default(ExecutionReport) with
        {
            ExecutionType = ExecutionType.Rejected,
            RejectReason = RejectReason.NeverReachedExchange,
        });

        CounterReading reading = CounterReading.Take(_region, "fastpath") ?? throw new InvalidOperationException();

        Assert.Equal((5, 7, 90), (
            reading[Counter.Inputs], reading[Counter.LiveOrders], reading[Counter.CycleNanosLongest]));
        Assert.Equal((1, 0), (reading[MessageKind.AmendRefused], reading[MessageKind.PlaceOrder]));
        Assert.Equal((1, 1), (
            reading[ExecutionType.Rejected], reading[RejectReason.NeverReachedExchange]));
    }

    [Fact]
    public void Counts_go_on_after_a_restart_and_only_one_process_counts()
    {
        using (CounterBoard board = CounterBoard.Open(_region, "fastpath"))
        {
            board.Add(Counter.Events, 3);
            _ = Assert.Throws<RoleTakenException>(() => CounterBoard.Open(_region, "fastpath"));
        }

        using CounterBoard again = CounterBoard.Open(_region, "fastpath");
        again.Add(Counter.Events);

        Assert.Equal(4, CounterReading.Take(_region, "fastpath")?[Counter.Events]);
    }

    [Fact]
    public void A_file_of_another_layout_is_refused()
    {
        File.WriteAllBytes(_region.CountersPath("fastpath"), new byte[4096]);

        _ = Assert.Throws<LayoutMismatchException>(() => CounterBoard.Open(_region, "fastpath"));
        _ = Assert.Throws<LayoutMismatchException>(() => CounterReading.Take(_region, "fastpath"));
    }

    [Fact]
    public void A_bucket_holds_a_duration_and_is_at_most_an_eighth_wide() => Gen.Long[0, 1L << 39].Sample(nanos =>
    {
        int bucket = DurationBuckets.IndexOf(nanos);
        long longest = DurationBuckets.LongestIn(bucket);
        long longestBefore = bucket == 0 ? -1 : DurationBuckets.LongestIn(bucket - 1);
        Assert.InRange(nanos, longestBefore + 1, longest);
        Assert.True(longest - longestBefore <= Math.Max(1, longest / 8));
    });

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(long.MaxValue, DurationBuckets.Count - 1)]
    public void Any_duration_has_a_bucket(long nanos, int bucket) =>
        Assert.Equal(bucket, DurationBuckets.IndexOf(nanos));

    [Fact]
    public void Percentiles_are_of_what_came_since_an_earlier_reading()
    {
        using CounterBoard board = CounterBoard.Open(_region, "fastpath");
        board.Count(LatencyStage.Ring, 1_000_000);
        CounterReading earlier = CounterReading.Take(_region, "fastpath") ?? throw new InvalidOperationException();
        for (int nanos = 1; nanos <= 10; nanos++)
        {
            board.Count(LatencyStage.Ring, nanos);
        }

        CounterReading later = CounterReading.Take(_region, "fastpath") ?? throw new InvalidOperationException();

        Assert.Equal(11, later.CountOf(LatencyStage.Ring));
        Assert.Equal(10, later.CountOf(LatencyStage.Ring, earlier));
        Assert.Equal((5, 10, 10), (
            later.NanosAt(LatencyStage.Ring, 500, earlier),
            later.NanosAt(LatencyStage.Ring, 999, earlier),
            later.NanosAt(LatencyStage.Ring, 1000, earlier)));
        Assert.True(later.NanosAt(LatencyStage.Ring, 1000) >= 1_000_000);
        Assert.Equal(0, later.NanosAt(LatencyStage.Decide, 500));
    }

    public void Dispose() => _test.Dispose();
}
