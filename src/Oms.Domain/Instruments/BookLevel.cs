using System.Runtime.InteropServices;

namespace Oms.Domain.Instruments;

/// <summary>What rests at one price of an exchange's book.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct BookLevel
{
    public const int Length = 16;

    /// <summary>The most levels of one side that are told of a book.</summary>
    public const int PerSideMax = 50;

    /// <summary>
    /// Of quantities, whatever the listing: what rests may be finer than a lot, and is told as it is.
    /// </summary>
    public const int QuantityDecimals = 8;

    /// <summary>At the listing's decimals.</summary>
    [field: FieldOffset(0)]
    public required long Price { get; init; }

    /// <summary>At <see cref="QuantityDecimals"/>.</summary>
    [field: FieldOffset(8)]
    public required long Quantity { get; init; }
}
