using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oms.Domain.Instruments;

namespace Oms.SharedMemory.Tables;

/// <summary>The best levels of one side of a book, best first; which of them count says the row.</summary>
[InlineArray(LevelsMax)]
public struct BookSide : IEquatable<BookSide>
{
    public const int LevelsMax = BookLevel.PerSideMax;

    private BookLevel _best;

    public readonly bool Equals(BookSide other) => Bytes(in this).SequenceEqual(Bytes(in other));

    public override readonly bool Equals(object? obj) => obj is BookSide other && Equals(other);

    public override readonly int GetHashCode() => this[0].GetHashCode();

    public static bool operator ==(BookSide left, BookSide right) => left.Equals(right);

    public static bool operator !=(BookSide left, BookSide right) => !left.Equals(right);

    private static ReadOnlySpan<byte> Bytes(ref readonly BookSide side) =>
        MemoryMarshal.AsBytes((ReadOnlySpan<BookLevel>)side);
}
