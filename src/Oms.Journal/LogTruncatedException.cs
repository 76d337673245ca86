namespace Oms.Journal;

/// <summary>Somebody asked for an event that is no longer in the log.</summary>
public sealed class LogTruncatedException(long logSequence, long oldestLogSequence)
    : Exception($"event {logSequence} was asked for, and the log begins with event {oldestLogSequence}")
{
    /// <summary>The first event that was asked for.</summary>
    public long LogSequence { get; } = logSequence;

    /// <summary>The first event that the log holds.</summary>
    public long OldestLogSequence { get; } = oldestLogSequence;
}
