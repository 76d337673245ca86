using System.Diagnostics;
using Oms.Domain.Configuration;
using Oms.SharedMemory.Rings;

namespace Oms.SharedMemory.Tests;

public sealed class BackoffIdleStrategyTests
{
    private const int RoundsBeforePark = BackoffIdleStrategy.SpinsMax + BackoffIdleStrategy.YieldsMax;

    [Fact]
    public void Long_idleness_parks_for_longer_and_longer_and_work_wakes_it()
    {
        var idle = new BackoffIdleStrategy(IdlePolicy.Backoff);
        Idle(idle, RoundsBeforePark);
        // Twenty parks: 20, 40, 80, 160, 320 and then 400 µs each. A park is never shorter than asked for.
        double nanosMin = (31 * BackoffIdleStrategy.ParkNanosMin) + (15 * BackoffIdleStrategy.ParkNanosMax);
        Assert.True(Idle(idle, 20).TotalNanoseconds >= nanosMin);

        idle.Idle(workCount: 1);
        Idle(idle, RoundsBeforePark);
        Assert.True(Idle(idle, 1).TotalNanoseconds >= BackoffIdleStrategy.ParkNanosMin);
    }

    [Fact]
    public void Spinning_never_parks()
    {
        var idle = new BackoffIdleStrategy(IdlePolicy.Spin);
        const int Rounds = 20_000;
        // Parks of that many rounds would take eight seconds.
        Assert.True(
            Idle(idle, Rounds).TotalNanoseconds < (double)Rounds * BackoffIdleStrategy.ParkNanosMax / 2);
    }

    [Fact]
    public void Idling_allocates_nothing()
    {
        var idle = new BackoffIdleStrategy(IdlePolicy.Backoff);
        Idle(idle, 200);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Idle(idle, 200);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static TimeSpan Idle(BackoffIdleStrategy idle, int rounds)
    {
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < rounds; round++)
        {
            idle.Idle(workCount: 0);
        }

        return Stopwatch.GetElapsedTime(start);
    }
}
