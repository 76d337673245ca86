namespace Oms.Journal;

/// <summary>
/// A place between two records of a log, and what stands before it. The default is its start.
/// </summary>
/// <param name="Position">Bytes of all records before it, over all segments; it never wraps.</param>
/// <param name="RecordSequence">Of the last record before it; 0 for none.</param>
/// <param name="LogSequence">Of the last event before it; 0 for none.</param>
/// <param name="ChainHash">Of the last record before it, and through it of all others; 0 for none.</param>
public readonly record struct LogPoint(
    long Position, long RecordSequence, long LogSequence, ulong ChainHash);
