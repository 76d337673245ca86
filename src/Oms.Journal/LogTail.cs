namespace Oms.Journal;

/// <summary>Where a log ends, as recovery found it: a writer goes on from here.</summary>
/// <param name="SegmentPath">Empty when there is no log yet.</param>
/// <param name="TornBytes">Bytes of a half-written end that recovery cut off.</param>
public readonly record struct LogTail(
    string SegmentPath, long OffsetBytes, long NextRecordSequence, ulong ChainHash, long TornBytes);
