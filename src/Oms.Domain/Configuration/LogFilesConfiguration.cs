namespace Oms.Domain.Configuration;

/// <summary>How much of what processes log is kept, of each process by itself.</summary>
public sealed record LogFilesConfiguration
{
    /// <summary>
    /// A file that has grown to so many bytes is followed by a new one, as it is each midnight (UTC).
    /// </summary>
    public long FileBytes { get; init; } = 64L << 20;

    /// <summary>Older files are removed; fills, transfers and the audit log are not among them.</summary>
    public int DaysKept { get; init; } = 30;

    /// <summary>
    /// Of what a process logged before its present files, of accounts too, compressed; beyond it the oldest is removed.
    /// </summary>
    public long BytesKept { get; init; } = 1L << 30;
}
