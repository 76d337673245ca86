using Oms.Domain.Configuration;
using Oms.FastPath.Publishing;
using Oms.FastPath.Recovery;
using Oms.FastPath.Snapshots;
using Oms.Journal;
using Oms.Journal.Snapshots;
using Oms.SharedMemory.Counters;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;

namespace Oms.FastPath;

/// <summary>
/// All that a FastPath process is made of but its threads: what was found of its rings and its log, and what goes on
/// from there.
/// </summary>
internal sealed class FastPathParts : IDisposable
{
    private readonly Stack<IDisposable> _opened = new();

    private FastPathParts()
    {
    }

    public LogReplay Replay { get; private set; } = null!; // Set by Open, before anybody sees this.

    public LogCopier Copier { get; private set; } = null!; // Likewise.

    public LogHead Head { get; private set; } = null!; // Likewise.

    public DutyCycle DutyCycle { get; private set; } = null!; // Likewise.

    /// <summary>Opens the rings and the log, and makes again what follows from it.</summary>
    public static FastPathParts Open(
        SystemConfiguration configuration,
        DataFolder data,
        SharedRegion region,
        HealthFile health,
        FastPathSurroundings surroundings)
    {
        var parts = new FastPathParts();
        try
        {
            parts.OpenAll(configuration, data, region, health, surroundings);
            return parts;
        }
        catch
        {
            parts.Dispose();
            throw;
        }
    }

    /// <summary>Says what is left to be said, and begins a new epoch.</summary>
    public void Start(SystemConfiguration configuration)
    {
        DutyCycle.Resume(Replay);
        DutyCycle.Define(configuration);
        DutyCycle.Start();
    }

    public void Dispose()
    {
        while (_opened.TryPop(out IDisposable? part))
        {
            part.Dispose();
        }
    }

    private void OpenAll(
        SystemConfiguration configuration,
        DataFolder data,
        SharedRegion region,
        HealthFile health,
        FastPathSurroundings surroundings)
    {
        var clock = new NeverBackClock(surroundings.Clock);
        RingSet rings = Keep(RingSet.Open(region, configuration, clock));
        SharedBlock block = Keep(SharedBlock.Open(
            region, SharedBlocks.LogHead, LogHead.LengthFor(configuration.Deployment.Log.HeadBytes)));
        Head = new LogHead(block.Start, block.LengthBytes, block.Path);

        health.Say(ProcessState.Starting, "replaying the log");
        var snapshots = new SnapshotStore(new SnapshotFolder(data.Snapshots), new LogFolder(data.Log));
        ReplayStart start = snapshots.Newest(rings.Identify(), Console.Error.WriteLine);
        Replay = start.Replay;
        LogTail tail = LogRecovery.Recover(data.Log, Head, start.Point, VisitAndBeat(Replay, health));
        if (tail.TornBytes > 0)
        {
            Console.Error.WriteLine(
                $"the log ended in the middle of a record: {tail.TornBytes} bytes behind position {tail.End.Position} "
                + $"(record {tail.End.RecordSequence}) were cut");
        }

        rings.Release(Replay.RingPositions);
        clock.NotBefore(Replay.LastUnixNanos);

        Copier = Keep(LogCopier.Open(data.Log, Head, tail, surroundings.Log, surroundings.Clock));
        var log = new LogWriter(Head, tail.End);
        StatePublisher tables = Keep(StatePublisher.Open(region, configuration.Limits));
        DutyMeter meter = surroundings.Meter(Keep(CounterBoard.Open(region, "fastpath")));
        DutyCycle = new DutyCycle(
            Replay.Engine,
            log,
            new LogPressure(log, Copier),
            rings,
            tables,
            clock,
            meter,
            health,
            surroundings.Idle);
    }

    private TPart Keep<TPart>(TPart part)
        where TPart : IDisposable
    {
        _opened.Push(part);
        return part;
    }

    private static LogRecordVisitor VisitAndBeat(LogReplay replay, HealthFile health)
    {
        const int RecordsPerBeat = 1 << 14;
        return record =>
        {
            if (record.RecordSequence % RecordsPerBeat == 0)
            {
                health.Beat();
            }

            replay.Visit(record);
        };
    }
}
