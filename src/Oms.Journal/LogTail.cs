namespace Oms.Journal;

/// <summary>Where a log ends, as recovery found it: a writer and a copier go on from here.</summary>
public sealed record LogTail
{
    /// <summary>0 when there is no log yet.</summary>
    public required long LogId { get; init; }

    /// <summary>The writer goes on here.</summary>
    public required LogPoint End { get; init; }

    /// <summary>Up to here the log is on the disk; the copier goes on here.</summary>
    public required LogPoint Durable { get; init; }

    /// <summary>
    /// Whether the head holds what follows the durable part. One of another log, or an old one, does not.
    /// </summary>
    public required bool IsHeadKept { get; init; }

    /// <summary>Bytes of a half-written end that recovery cut off the last segment.</summary>
    public required long TornBytes { get; init; }
}
