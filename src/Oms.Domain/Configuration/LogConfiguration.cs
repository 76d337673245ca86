namespace Oms.Domain.Configuration;

/// <summary>What FastPath promises of its log, and how much of it is kept where.</summary>
public sealed record LogConfiguration
{
    public Durability Durability { get; init; } = Durability.Memory;

    /// <summary>
    /// Shared memory for what waits for the disk, a power of two. A head that is there keeps its size until
    /// the deployment is stopped.
    /// </summary>
    public long HeadBytes { get; init; } = 64L << 20;

    /// <summary>A segment file that has grown to this length is followed by a new one.</summary>
    public long SegmentBytes { get; init; } = 256L << 20;

    /// <summary>A snapshot is due after so many bytes of log.</summary>
    public long SnapshotEveryBytes { get; init; } = 1L << 30;

    public int SnapshotsKept { get; init; } = 3;

    /// <summary>Log that is kept although no snapshot and no consumer needs it any more.</summary>
    public long RetentionBytes { get; init; } = 16L << 30;
}
