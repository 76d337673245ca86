namespace Oms.SharedMemory.Rings;

/// <summary>A place in a ring behind a message.</summary>
/// <param name="LastRecordPosition">Where that message starts.</param>
public readonly record struct RingMark(long Cursor, long LastRecordPosition);
