using System.Collections.Immutable;
using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.FastPath.Recovery;
using Oms.Journal;
using Oms.Journal.Checkpoints;
using Oms.Journal.Snapshots;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;

namespace Oms.FastPath.Snapshots;

/// <summary>
/// <c>Oms.FastPath snapshot</c>: replays the log in an engine of its own, from the newest snapshot to what
/// is on the disk, writes the next snapshot, and removes what no start and no consumer needs. FastPath may
/// run meanwhile: the two share files, and neither waits.
/// </summary>
internal sealed class SnapshotRun(DataFolder data, LogConfiguration configuration, TextWriter output)
{
    private const string LockFile = "run.lock";

    private readonly LogFolder _log = new(data.Log);
    private readonly SnapshotFolder _snapshots = new(data.Snapshots);

    public static int Run(ProcessArguments arguments)
    {
        SystemConfiguration system = ConfigurationFolder.Load(arguments.ConfigsFolder);
        var data = new DataFolder(arguments.DataFolder);
        LiveRings rings = LiveRings.In(SharedRegion.ForDataFolder(data.Path), system.Limits.StrategiesMax);
        new SnapshotRun(data, system.Deployment.Log, Console.Out).Run(rings);
        return ProcessExitCode.Done;
    }

    /// <exception cref="LogDamagedException">The log is damaged: nothing was written or removed.</exception>
    /// <exception cref="IOException">Another snapshot is being made, or the disk is full.</exception>
    public void Run(LiveRings rings)
    {
        _ = Directory.CreateDirectory(data.Snapshots);
        using var alone = new FileStream(
            Path.Combine(data.Snapshots, LockFile), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        var store = new SnapshotStore(_snapshots, _log);
        ReplayStart start = store.Newest(rings, output.WriteLine);
        LogPoint end = _log.Read(start.Point, start.Replay.Visit);
        if (end == start.Point)
        {
            output.WriteLine($"nothing is new behind record {end.RecordSequence}");
            return;
        }

        store.Write(start.Replay, in end);
        _snapshots.KeepNewest(configuration.SnapshotsKept);
        output.WriteLine($"snapshot behind record {end.RecordSequence}; {Trim()} segments removed");
    }

    /// <summary>
    /// A segment is kept for the oldest snapshot: were the newer ones damaged, a start would need it.
    /// </summary>
    private int Trim()
    {
        LogPoint? oldest = SnapshotStore.PointOf(_snapshots.NewestFirst.Last());
        ImmutableSortedDictionary<string, long> checkpoints = new CheckpointFolder(data.Checkpoints).Read();
        bool isConsumerUnknown = !checkpoints.ContainsKey(RingTopology.SiloConsumer);
        return oldest is null || isConsumerUnknown
            ? 0
            : _log.Trim(oldest.Value, checkpoints.Values.Min(), configuration.RetentionBytes);
    }
}
