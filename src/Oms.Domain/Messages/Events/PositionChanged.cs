using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Domain.Messages;

/// <summary>
/// What an account gained or lost in an instrument since it was first seen, after a fill, a fee or a
/// funding payment.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct PositionChanged : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.PositionChanged;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(36)]
    public required PositionSide PositionSide { get; init; }

    [field: FieldOffset(37)]
    public byte Reserved { get; init; }

    [field: FieldOffset(38)]
    public ushort ReservedShort { get; init; }

    /// <summary>
    /// Signed sum of fills less fees taken in the base asset, mantissa at the base asset's decimals.
    /// </summary>
    [field: FieldOffset(40)]
    public required long Quantity { get; init; }

    /// <summary>
    /// Cost of what is open, signed as the quantity, mantissa at the quote asset's decimals.
    /// </summary>
    [field: FieldOffset(48)]
    public required long OpenNotional { get; init; }

    /// <summary>Mantissa at the quote asset's decimals, fees not included.</summary>
    [field: FieldOffset(56)]
    public required long RealizedPnl { get; init; }

    /// <summary>Fees charged in the quote asset.</summary>
    [field: FieldOffset(64)]
    public required long QuoteFees { get; init; }

    /// <summary>Fees charged in the base asset.</summary>
    [field: FieldOffset(72)]
    public required long BaseFees { get; init; }

    /// <summary>Funding received less paid, in the quote asset.</summary>
    [field: FieldOffset(80)]
    public required long Funding { get; init; }
}
