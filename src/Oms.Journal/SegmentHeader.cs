using System.IO.Hashing;
using System.Runtime.InteropServices;
using Oms.Domain.Messages;

namespace Oms.Journal;

/// <summary>
/// The first 128 bytes of a segment file.
/// <code>
///    0  magic | layout version | layout hash | log id
///   32  first position | first record sequence | first log sequence | chain hash before
///   64  reserved: zeros
///  120  header hash
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal readonly record struct SegmentHeader
{
    public const int Length = 128;
    public const ulong MagicValue = 0x32_474F4C534D4F; // "OMSLOG2"

    private const int HashOffset = 120;

    [field: FieldOffset(0)]
    public required ulong Magic { get; init; }

    [field: FieldOffset(8)]
    public required int LayoutVersion { get; init; }

    [field: FieldOffset(16)]
    public required ulong LayoutHash { get; init; }

    /// <summary>The same in all segments of a log, and no other log's.</summary>
    [field: FieldOffset(24)]
    public required long LogId { get; init; }

    /// <summary>Where in the log this segment begins.</summary>
    [field: FieldOffset(32)]
    public required long FirstPosition { get; init; }

    /// <summary>Of the first record in this segment.</summary>
    [field: FieldOffset(40)]
    public required long FirstRecordSequence { get; init; }

    /// <summary>The log sequence of the first event in this segment, or later.</summary>
    [field: FieldOffset(48)]
    public required long FirstLogSequence { get; init; }

    /// <summary>Of the last record before this segment.</summary>
    [field: FieldOffset(56)]
    public required ulong ChainHashBefore { get; init; }

    /// <summary>
    /// XXH3-64 of the bytes before it: the chain covers the records, this covers the header.
    /// </summary>
    [field: FieldOffset(HashOffset)]
    public ulong HeaderHash { get; init; }

    /// <summary>The place at which the segment begins.</summary>
    public LogPoint First =>
        new(FirstPosition, FirstRecordSequence - 1, FirstLogSequence - 1, ChainHashBefore);

    /// <summary>The header of a segment that begins at a place.</summary>
    public static SegmentHeader Of(long logId, in LogPoint first)
    {
        var header = new SegmentHeader
        {
            Magic = MagicValue,
            LayoutVersion = MessageLayout.Version,
            LayoutHash = MessageLayout.Hash,
            LogId = logId,
            FirstPosition = first.Position,
            FirstRecordSequence = first.RecordSequence + 1,
            FirstLogSequence = first.LogSequence + 1,
            ChainHashBefore = first.ChainHash,
        };
        return header with { HeaderHash = HashOf(in header) };
    }

    public bool Matches() => LayoutVersion == MessageLayout.Version && LayoutHash == MessageLayout.Hash;

    public bool IsIntact() => HeaderHash == HashOf(in this);

    private static ulong HashOf(ref readonly SegmentHeader header) =>
        XxHash3.HashToUInt64(
            MemoryMarshal.AsBytes(new ReadOnlySpan<SegmentHeader>(in header))[..HashOffset]);
}
