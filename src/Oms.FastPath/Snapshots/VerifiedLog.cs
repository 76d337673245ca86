namespace Oms.FastPath.Snapshots;

/// <summary>What <c>oms verify-log</c> found to be true.</summary>
internal sealed record VerifiedLog
{
    public required int Segments { get; init; }

    /// <summary>Bytes of records, without the headers of segments.</summary>
    public required long Bytes { get; init; }

    public required long FirstRecord { get; init; }

    public required long LastRecord { get; init; }

    public required long LastEvent { get; init; }

    /// <summary>What is before this record is in the snapshot that the replay began with.</summary>
    public required long ReplayedFromRecord { get; init; }

    public required long ReplayedInputs { get; init; }

    /// <summary>Each was the one that the engine derived again.</summary>
    public required long ReplayedEvents { get; init; }

    /// <summary>Of the last input, Unix nanoseconds.</summary>
    public required long LastUnixNanos { get; init; }

    /// <summary>Of the engine after the last record, 16 hex digits.</summary>
    public required string StateHash { get; init; }

    public required long ElapsedMs { get; init; }

    public required long RecordsPerSecond { get; init; }
}
