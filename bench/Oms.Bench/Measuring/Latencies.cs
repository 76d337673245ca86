using System.Diagnostics;

namespace Oms.Bench.Measuring;

/// <summary>Quantiles of single operations, in nanoseconds.</summary>
internal sealed record Latencies(long P50, long P90, long P99, long P999, long Max)
{
    private const int ClockReads = 100_000;

    /// <param name="ticks">Of the stopwatch, from before an operation to after it; sorted by this.</param>
    public static Latencies Of(long[] ticks)
    {
        Array.Sort(ticks);
        long clockTicks = ClockTicks();
        long Nanos(double share) =>
            (long)((Int128)Math.Max(0, Samples.Quantile(ticks, share) - clockTicks) * 1_000_000_000
                / Stopwatch.Frequency);
        return new Latencies(Nanos(0.5), Nanos(0.9), Nanos(0.99), Nanos(0.999), Nanos(1));
    }

    /// <summary>What reading the clock twice takes, which each sample contains.</summary>
    private static long ClockTicks()
    {
        long[] pairs = new long[ClockReads];
        for (int index = 0; index < pairs.Length; index++)
        {
            long before = Stopwatch.GetTimestamp();
            pairs[index] = Stopwatch.GetTimestamp() - before;
        }

        Array.Sort(pairs);
        return Samples.Quantile(pairs, 0.5);
    }
}
