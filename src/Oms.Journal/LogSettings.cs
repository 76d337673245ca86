namespace Oms.Journal;

/// <summary>How a log is brought to the disk.</summary>
public sealed record LogSettings
{
    public const long SegmentBytesDefault = 256L << 20;

    /// <summary>
    /// What a log that promises to survive processes leaves unsynced: what the death of a machine may take.
    /// </summary>
    public static readonly TimeSpan SyncIntervalOfMemory = TimeSpan.FromMilliseconds(20);

    /// <summary>A segment that has grown to this length is followed by a new one.</summary>
    public long SegmentBytes { get; init; } = SegmentBytesDefault;

    /// <summary>From a write to its sync; zero syncs each write at once.</summary>
    public required TimeSpan SyncInterval { get; init; }

    /// <summary>Where it is brought to.</summary>
    internal Disk Disk { get; init; } = Disk.OfMachine;
}
