using System.Diagnostics;
using Oms.Bench.Measuring;
using Oms.Bench.Workloads;

namespace Oms.Bench.Engine;

/// <summary>One run of a workload through fresh books.</summary>
/// <param name="NanosPerCommand">Of the commands after the prefill, with their events.</param>
/// <param name="CpuNanosPerCommand">The same without the time in which the thread did not run.</param>
/// <param name="AllocatedBytes">By those commands.</param>
/// <param name="Digest">Of all events, the prefill's too.</param>
internal sealed record EnginePass(
    double NanosPerCommand, double CpuNanosPerCommand, long AllocatedBytes, ulong Digest)
{
    /// <summary>One command of so many is timed alone.</summary>
    public const int SampledEvery = 16;

    /// <summary>Times all commands after the prefill together.</summary>
    public static EnginePass Timed(IBooks books, Workload workload)
    {
        EventBuffer events = new();
        Execute(books, workload.Prefill, events);
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        long cpuBefore = ThreadClock.Nanos();
        long began = Stopwatch.GetTimestamp();
        Execute(books, workload.Commands, events);
        double nanos = Stopwatch.GetElapsedTime(began).TotalNanoseconds;
        double cpuNanos = ThreadClock.Nanos() - cpuBefore;
        long allocatedBytes = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        int count = workload.Commands.Length;
        return new EnginePass(nanos / count, cpuNanos / count, allocatedBytes, events.Digest);
    }

    /// <summary>Adds up all that happens, the prefill's too.</summary>
    public static EventTotals Counted(IBooks books, Workload workload)
    {
        EventBuffer events = new();
        EventTotals totals = new();
        Execute(books, workload.Prefill, events, totals);
        Execute(books, workload.Commands, events, totals);
        return totals with { Digest = events.Digest };
    }

    /// <summary>Times single commands, each from the look at it to its last event.</summary>
    public static Latencies Sampled(IBooks books, Workload workload)
    {
        EventBuffer events = new();
        Execute(books, workload.Prefill, events);
        ReadOnlySpan<WorkloadCommand> commands = workload.Commands;
        long[] ticks = new long[commands.Length / SampledEvery];
        for (int sample = 0; sample < ticks.Length; sample++)
        {
            ReadOnlySpan<WorkloadCommand> group = commands.Slice(sample * SampledEvery, SampledEvery);
            books.Execute(group[..^1], events);
            long before = Stopwatch.GetTimestamp();
            books.Execute(group[^1..], events);
            ticks[sample] = Stopwatch.GetTimestamp() - before;
            events.Consume();
        }

        return Latencies.Of(ticks);
    }

    private static void Execute(
        IBooks books, ReadOnlySpan<WorkloadCommand> commands, EventBuffer events, EventTotals? totals = null)
    {
        while (!commands.IsEmpty)
        {
            int count = Math.Min(commands.Length, EventBuffer.BatchCommands);
            books.Execute(commands[..count], events);
            totals?.Add(events.Events);
            events.Consume();
            commands = commands[count..];
        }
    }
}
