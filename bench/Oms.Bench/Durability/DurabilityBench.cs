using System.Diagnostics;
using Oms.Bench.Engine;
using Oms.Bench.Measuring;
using Oms.Bench.Workloads;
using Oms.Domain;
using Oms.FastPath.Recovery;
using Oms.Journal;

namespace Oms.Bench.Durability;

/// <summary>The log with its real writer, its real copier and a real disk; and the replay of what it holds.</summary>
internal static class DurabilityBench
{
    private const long HeadBytes = 1 << 26;
    private const int SegmentBytes = 1 << 28;
    private const int WarmUpEvents = 500_000;

    public static DurabilityResult Run(string folder, int events, int ratePerS, int inputs)
    {
        OtherCpuUse others = new();
        using var memory = new BenchLog(Path.Combine(folder, "memory"), HeadBytes, SegmentBytes, isDisk: false);
        _ = memory.Append(WarmUpEvents);
        double memoryRate = memory.Append(events);
        using var disk = new BenchLog(Path.Combine(folder, "disk"), HeadBytes, SegmentBytes, isDisk: true);
        _ = disk.AppendDurably(WarmUpEvents);
        double diskRate = disk.AppendDurably(events);
        Latencies commits = disk.AppendAt(ratePerS, Math.Min(events, ratePerS * 10));
        (long records, double seconds) = Replay(Path.Combine(folder, "replay"), inputs);
        return new()
        {
            Events = events,
            EventBytes = BenchLog.EventBytes,
            MemoryOpsPerS = memoryRate,
            DiskOpsPerS = diskRate,
            CommitRatePerS = ratePerS,
            DiskCommitUsP50 = commits.P50 / 1000.0,
            DiskCommitUsP90 = commits.P90 / 1000.0,
            DiskCommitUsP99 = commits.P99 / 1000.0,
            DiskCommitUsP999 = commits.P999 / 1000.0,
            DiskCommitUsMax = commits.Max / 1000.0,
            ReplayedInputs = inputs,
            ReplayRecordsPerS = records / seconds,
            ReplayInputsPerS = inputs / seconds,
            RssMb = Memory.ResidentMegabytes(),
            OthersCpuPercent = others.Percent(),
        };
    }

    /// <summary>The workload through the whole core into a log, and the log through a new core.</summary>
    private static (long Records, double Seconds) Replay(string folder, int inputs)
    {
        var workload = new Workload(1, 2_000, inputs);
        using (var log = new BenchLog(folder, HeadBytes, SegmentBytes, isDisk: false))
        {
            using var engine = new FullEngine(workload, log);
            var events = new EventBuffer();
            engine.Execute(workload.Prefill, workload.Commands, events);

            log.Drain();
        }

        var replay = new LogReplay(LiveRings.None);
        long records = 0;
        long began = Stopwatch.GetTimestamp();
        _ = new LogFolder(folder).Read(default, record =>
        {
            records++;
            replay.Visit(record);
        });
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Invariant.Holds(replay.InputCount >= inputs);
        return (records, seconds);
    }
}
