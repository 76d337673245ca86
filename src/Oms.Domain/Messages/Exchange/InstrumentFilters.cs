using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Domain.Messages;

/// <summary>The exchange's constraints on orders of an instrument, as it states them now.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct InstrumentFilters : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.InstrumentFilters;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required InstrumentId InstrumentId { get; init; }

    /// <summary>1 when the exchange accepts orders.</summary>
    [field: FieldOffset(36)]
    public required uint Tradable { get; init; }

    [field: FieldOffset(40)]
    public required long TickSize { get; init; }

    [field: FieldOffset(48)]
    public required long PriceMin { get; init; }

    [field: FieldOffset(56)]
    public required long PriceMax { get; init; }

    [field: FieldOffset(64)]
    public required long LotSize { get; init; }

    [field: FieldOffset(72)]
    public required long QuantityMin { get; init; }

    [field: FieldOffset(80)]
    public required long QuantityMax { get; init; }

    /// <summary>Mantissa at the quote asset's decimals.</summary>
    [field: FieldOffset(88)]
    public required long NotionalMin { get; init; }

    /// <summary>Of what is matched here: in 1/1,000,000 of the notional; negative is a rebate.</summary>
    [field: FieldOffset(96)]
    public required int MakerFee { get; init; }

    /// <summary>Likewise.</summary>
    [field: FieldOffset(100)]
    public required int TakerFee { get; init; }

    /// <summary>How far the exchange changes orders in place.</summary>
    [field: FieldOffset(104)]
    public required OrderAmendment CanAmend { get; init; }

    [field: FieldOffset(108)]
    public uint Reserved { get; init; }
}
