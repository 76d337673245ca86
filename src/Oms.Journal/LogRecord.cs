namespace Oms.Journal;

/// <summary>A record of the log. The message is valid until the next one is read.</summary>
public readonly ref struct LogRecord
{
    /// <summary>Gapless over the whole log, from 1.</summary>
    public required long RecordSequence { get; init; }

    /// <summary>
    /// Of an input from a ring: its number in FastPath's list of inbound rings, from 1. 0 otherwise.
    /// </summary>
    public required int SourceRing { get; init; }

    /// <summary>Of an input from a ring: the position behind it in that ring.</summary>
    public required long RingPosition { get; init; }

    public required ReadOnlySpan<byte> Message { get; init; }
}
