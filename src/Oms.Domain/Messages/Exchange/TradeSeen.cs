using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Domain.Messages;

/// <summary>The exchange says that a part of an order was filled.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct TradeSeen : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.TradeSeen;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required OrderId OrderId { get; init; }

    [field: FieldOffset(40)]
    public required long ExchangeOrderId { get; init; }

    [field: FieldOffset(48)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(52)]
    public required EvidenceSource Source { get; init; }

    /// <summary>1 when the order rested.</summary>
    [field: FieldOffset(53)]
    public required byte IsMaker { get; init; }

    [field: FieldOffset(54)]
    public required Side Side { get; init; }

    /// <summary>Of hedge mode; matters only for an order that is not ours.</summary>
    [field: FieldOffset(55)]
    public required PositionSide PositionSide { get; init; }

    /// <summary>Unique per exchange, market and symbol.</summary>
    [field: FieldOffset(56)]
    public required long TradeId { get; init; }

    /// <summary>The exchange's execution id; 0 when this evidence does not carry it.</summary>
    [field: FieldOffset(64)]
    public required long ExecutionId { get; init; }

    [field: FieldOffset(72)]
    public required long Price { get; init; }

    [field: FieldOffset(80)]
    public required long Quantity { get; init; }

    /// <summary>Mantissa at the fee asset's decimals; negative is a rebate.</summary>
    [field: FieldOffset(88)]
    public required long Fee { get; init; }

    [field: FieldOffset(96)]
    public required AssetId FeeAssetId { get; init; }

    [field: FieldOffset(100)]
    public uint ReservedWord { get; init; }

    [field: FieldOffset(104)]
    public required long ExchangeUnixNanos { get; init; }
}
