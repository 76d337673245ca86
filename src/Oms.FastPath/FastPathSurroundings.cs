using Oms.Domain.Configuration;
using Oms.Journal;
using Oms.SharedMemory.Counters;
using Oms.SharedMemory.Rings;

namespace Oms.FastPath;

/// <summary>What a FastPath has of the machine that it runs on: a simulation has another.</summary>
internal sealed record FastPathSurroundings
{
    public required TimeProvider Clock { get; init; }

    /// <summary>How the log is brought to the disk, and to which.</summary>
    public required LogSettings Log { get; init; }

    public required Func<CounterBoard, DutyMeter> Meter { get; init; }

    /// <summary>What is done while only the disk can help.</summary>
    public required Action Idle { get; init; }

    public static FastPathSurroundings OfMachine(LogConfiguration log)
    {
        var idle = new BackoffIdleStrategy(IdlePolicy.Backoff);
        return new()
        {
            Clock = TimeProvider.System,
            Log = SettingsOf(log),
            Meter = static board => new(board),
            Idle = () => idle.Idle(0),
        };
    }

    public static LogSettings SettingsOf(LogConfiguration configuration) => new()
    {
        SegmentBytes = configuration.SegmentBytes,
        SyncInterval = configuration.Durability == Durability.Disk
            ? TimeSpan.Zero
            : LogSettings.SyncIntervalOfMemory,
    };
}
