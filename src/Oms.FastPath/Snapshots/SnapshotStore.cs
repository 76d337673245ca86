using Oms.FastPath.Recovery;
using Oms.Journal;
using Oms.Journal.Snapshots;

namespace Oms.FastPath.Snapshots;

/// <summary>Snapshots of all that follows from the log, and where a replay can begin.</summary>
internal sealed class SnapshotStore(SnapshotFolder snapshots, LogFolder log)
{
    /// <summary>
    /// The newest snapshot that can be used, loaded; the log from its first record where there is none.
    /// </summary>
    /// <param name="rings">That are there now.</param>
    /// <param name="skipped">Is told, in words, of each newer snapshot that cannot be used.</param>
    public ReplayStart Newest(LiveRings rings, Action<string> skipped) =>
        FirstThatLoads(snapshots.NewestFirst, rings, skipped) ?? new(new LogReplay(rings), default);

    /// <summary>The longest replay: from the first record, or else from the oldest snapshot.</summary>
    /// <exception cref="InvalidDataException">
    /// The log's beginning was removed, and no snapshot is left.
    /// </exception>
    public ReplayStart Oldest(Action<string> skipped) =>
        log.Oldest == default
            ? new(new LogReplay(LiveRings.None), default)
            : FirstThatLoads(snapshots.NewestFirst.Reverse(), LiveRings.None, skipped)
                ?? throw new InvalidDataException(
                    "the log reaches back neither to its start nor to a snapshot");

    /// <summary>Writes a snapshot of a replay, proved by loading it again.</summary>
    public void Write(LogReplay replay, in LogPoint point)
    {
        ulong stateHash = replay.Engine.View.StateHash();
        snapshots.Write(
            log.LogId,
            in point,
            stateHash,
            replay.Save,
            file => _ = Load(file, LiveRings.None));
    }

    /// <summary>Reads the place of a snapshot, without proving what is in it.</summary>
    public static LogPoint? PointOf(string path)
    {
        try
        {
            return SnapshotFile.Open(path).Point;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private ReplayStart? FirstThatLoads(IEnumerable<string> paths, LiveRings rings, Action<string> skipped) =>
        paths.Select(path => TryLoad(path, rings, skipped)).FirstOrDefault(start => start is not null);

    private ReplayStart? TryLoad(string path, LiveRings rings, Action<string> skipped)
    {
        try
        {
            SnapshotFile file = SnapshotFile.Open(path);
            if (file.LogId == log.LogId && log.Holds(file.Point))
            {
                return new(Load(file, rings), file.Point);
            }

            skipped($"{path} is not used: the log does not have its place");
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            skipped(problem.Message);
        }

        return null;
    }

    private static LogReplay Load(SnapshotFile file, LiveRings rings)
    {
        LogReplay replay = file.Read(stream => LogReplay.Load(stream, rings));
        return replay.Engine.View.StateHash() == file.StateHash
            ? replay
            : throw new InvalidDataException($"{file.Path} cannot be used: it gives another state");
    }
}
