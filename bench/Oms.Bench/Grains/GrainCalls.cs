using System.Diagnostics;
using Oms.Bench.Measuring;

namespace Oms.Bench.Grains;

/// <summary>Calls of grains, timed.</summary>
internal static class GrainCalls
{
    /// <summary>One after the other: what each took.</summary>
    public static async Task<Latencies> InTurn(int count, Func<int, Task> call)
    {
        long[] ticks = new long[count];
        for (int index = 0; index < count; index++)
        {
            long before = Stopwatch.GetTimestamp();
            await call(index);
            ticks[index] = Stopwatch.GetTimestamp() - before;
        }

        return Latencies.Of(ticks);
    }

    /// <summary>So many callers at a time, each with one call under way.</summary>
    /// <param name="call">Is given the caller, and which of its calls this is.</param>
    /// <returns>Calls per second.</returns>
    public static async Task<double> AtOnce(int callers, int callsEach, Func<int, int, Task> call)
    {
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (int number = 0; number < callsEach; number++)
            {
                await call(caller, number);
            }
        })));
        return Math.Round((double)callers * callsEach / Stopwatch.GetElapsedTime(began).TotalSeconds);
    }
}
