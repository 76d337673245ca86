using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Oms.Domain.Instruments;

namespace Oms.SharedMemory.Tables;

/// <summary>
/// The best levels of a listing's book, as its connector keeps it, or FastPath where it is matched here. No level on
/// either side: the book is not known, or empty.
/// <code>
///   0  bid count | ask count | exchange's time | connector's time
///  64  bids: 50 levels of 16 bytes
/// 864  asks: 50 levels of 16 bytes
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct BookRow
{
    public const int Length = AsksOffset + SideLength;

    private const int SideLength = BookSide.LevelsMax * BookLevel.Length;
    private const int BidsOffset = 64;
    private const int AsksOffset = BidsOffset + SideLength;

    [FieldOffset(0)]
    private readonly int _bidCount;

    [FieldOffset(4)]
    private readonly int _askCount;

    [FieldOffset(BidsOffset)]
    private readonly BookSide _bids;

    [FieldOffset(AsksOffset)]
    private readonly BookSide _asks;

    /// <param name="bids">Best first; of more than <see cref="BookSide.LevelsMax"/> the rest is left out.</param>
    /// <param name="asks">Likewise.</param>
    /// <param name="exchangeUnixNanos">The exchange's time of the newest update that is in the book.</param>
    [SetsRequiredMembers]
    public BookRow(ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks, long exchangeUnixNanos)
    {
        (_bidCount, _bids) = SideOf(bids);
        (_askCount, _asks) = SideOf(asks);
        ExchangeUnixNanos = exchangeUnixNanos;
        StatedUnixNanos = 0;
    }

    /// <summary>The exchange's time of the newest update that is in the book.</summary>
    [field: FieldOffset(8)]
    public required long ExchangeUnixNanos { get; init; }

    /// <summary>When it was stated last, changed or not.</summary>
    [field: FieldOffset(16)]
    public required long StatedUnixNanos { get; init; }

    public bool IsValid => _bidCount > 0 || _askCount > 0;

    /// <summary>Best first.</summary>
    [UnscopedRef]
    public ReadOnlySpan<BookLevel> Bids => ((ReadOnlySpan<BookLevel>)_bids)[.._bidCount];

    /// <summary>Best first.</summary>
    [UnscopedRef]
    public ReadOnlySpan<BookLevel> Asks => ((ReadOnlySpan<BookLevel>)_asks)[.._askCount];

    private static (int Count, BookSide Levels) SideOf(ReadOnlySpan<BookLevel> levels)
    {
        int count = Math.Min(levels.Length, BookSide.LevelsMax);
        BookSide side = default;
        levels[..count].CopyTo(side);
        return (count, side);
    }
}
