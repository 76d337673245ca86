using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Oms.Journal;

/// <summary>
/// What stands before each message in the log. The chain hash covers the frame, the message, and through its
/// seed every record before it.
/// <code>
///  0            8                 16              24            26      28              32
///  +------------+-----------------+---------------+-------------+-------+---------------+
///  | chain hash | record sequence | ring position | source ring | magic | message bytes | message …
///  +------------+-----------------+---------------+-------------+-------+---------------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal readonly record struct LogFrame
{
    public const int Length = 32;
    public const ushort MagicValue = 0x4D4F;

    /// <summary>
    /// XXH3-64 of bytes 8 to the end of the record, seeded with the hash of the record before.
    /// </summary>
    [field: FieldOffset(0)]
    public required ulong ChainHash { get; init; }

    /// <summary>Gapless over the whole log, from 1.</summary>
    [field: FieldOffset(8)]
    public required long RecordSequence { get; init; }

    /// <summary>Of an input from a ring: the position behind it in that ring. 0 otherwise.</summary>
    [field: FieldOffset(16)]
    public required long RingPosition { get; init; }

    /// <summary>
    /// Of an input from a ring: its number in FastPath's list of inbound rings, from 1. 0 otherwise.
    /// </summary>
    [field: FieldOffset(24)]
    public required ushort SourceRing { get; init; }

    [field: FieldOffset(26)]
    public required ushort Magic { get; init; }

    [field: FieldOffset(28)]
    public required int MessageBytes { get; init; }

    public static ulong HashOf(ReadOnlySpan<byte> record, ulong chainHashBefore) =>
        XxHash3.HashToUInt64(record[8..], unchecked((long)chainHashBefore));
}
