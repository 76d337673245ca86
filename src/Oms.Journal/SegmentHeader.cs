using System.IO.Hashing;
using System.Runtime.InteropServices;
using Oms.Domain.Messages;

namespace Oms.Journal;

/// <summary>
/// The first 64 bytes of a segment file.
/// <code>
///  0       8         16            24             32          40                  48         56
/// 64
///  +-------+---------+-------------+--------------+-----------+-------------------+----------+-------------+
///  | magic | version | layout hash | first record | first log | chain hash before | reserved | header hash |
///  |       |         |             | sequence     | sequence  |                   |          |             |
///  +-------+---------+-------------+--------------+-----------+-------------------+----------+-------------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal readonly record struct SegmentHeader
{
    public const int Length = 64;
    public const ulong MagicValue = 0x31_474F4C534D4F; // "OMSLOG1"

    [field: FieldOffset(0)]
    public required ulong Magic { get; init; }

    [field: FieldOffset(8)]
    public required int LayoutVersion { get; init; }

    [field: FieldOffset(16)]
    public required ulong LayoutHash { get; init; }

    /// <summary>Of the first record in this segment.</summary>
    [field: FieldOffset(24)]
    public required long FirstRecordSequence { get; init; }

    /// <summary>The log sequence of the first event in this segment, or later.</summary>
    [field: FieldOffset(32)]
    public required long FirstLogSequence { get; init; }

    /// <summary>Of the last record before this segment.</summary>
    [field: FieldOffset(40)]
    public required ulong ChainHashBefore { get; init; }

    /// <summary>
    /// XXH3-64 of the bytes before it: the chain covers the records, this covers the header.
    /// </summary>
    [field: FieldOffset(56)]
    public ulong HeaderHash { get; init; }

    public bool Matches() => LayoutVersion == MessageLayout.Version && LayoutHash == MessageLayout.Hash;

    public bool IsIntact() => HeaderHash == HashOf(in this);

    public SegmentHeader Sealed() => this with { HeaderHash = HashOf(in this) };

    private static ulong HashOf(ref readonly SegmentHeader header) =>
        XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<SegmentHeader>(in header))[..56]);
}
