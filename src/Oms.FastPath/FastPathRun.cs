using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.FastPath.Definitions;
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
/// <c>Oms.FastPath</c>: rings → log → engine → events, requests and tables. Start-up and recovery are this
/// one path.
/// </summary>
internal static class FastPathRun
{
    public static int Run(ProcessArguments arguments)
    {
        SystemConfiguration configuration = ConfigurationFolder.Load(arguments.ConfigsFolder);
        LogConfiguration logConfiguration = configuration.Deployment.Log;
        var data = new DataFolder(arguments.DataFolder);
        var region = SharedRegion.ForDataFolder(data.Path);
        using HealthFile health = HealthFile.Open(region, "fastpath", "");
        CorePinning.PinTo(configuration.Deployment.FastPathCore, arguments.ConfigsFolder);

        var clock = new NeverBackClock(TimeProvider.System);
        using RingSet rings = RingSet.Open(region, configuration, clock);
        using SharedBlock block = SharedBlock.Open(
            region, SharedBlocks.LogHead, LogHead.LengthFor(logConfiguration.HeadBytes));
        var head = new LogHead(block.Start, block.LengthBytes, block.Path);

        health.Say(ProcessState.Starting, "replaying the log");
        var snapshots = new SnapshotStore(new SnapshotFolder(data.Snapshots), new LogFolder(data.Log));
        ReplayStart start = snapshots.Newest(rings.Identify(), Console.Error.WriteLine);
        LogTail tail = LogRecovery.Recover(data.Log, head, start.Point, VisitAndBeat(start.Replay, health));
        DefinitionRules.Check(configuration, start.Replay.Engine.View, arguments.ConfigsFolder);
        rings.Release(start.Replay.RingPositions);
        clock.NotBefore(start.Replay.LastUnixNanos);

        using LogCopier copier = LogCopier.Open(
            data.Log, head, tail, SettingsOf(logConfiguration), TimeProvider.System);
        using CopierThread copierThread = CopierThread.Start(
            copier, logConfiguration.Durability, configuration.Deployment.FastPathCore);
        var log = new LogWriter(head, tail.End);
        using StatePublisher tables = StatePublisher.Open(region, configuration.Limits);
        using CounterBoard counters = CounterBoard.Open(region, "fastpath");
        var dutyCycle = new DutyCycle(
            start.Replay.Engine, log, new LogPressure(log, copier), rings, tables, clock, new(counters), health);
        dutyCycle.Resume(start.Replay);
        dutyCycle.Define(configuration);
        dutyCycle.Start();
        dutyCycle.RunForever(configuration.Deployment.IdlePolicy);
        return ProcessExitCode.Failed;
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

    private static LogSettings SettingsOf(LogConfiguration configuration) => new()
    {
        SegmentBytes = configuration.SegmentBytes,
        SyncInterval = configuration.Durability == Durability.Disk
            ? TimeSpan.Zero
            : LogSettings.SyncIntervalOfMemory,
    };
}
