using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Domain.Messages;

/// <summary>FIX 35=8: the state of an order after something happened to it, and what happened.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct ExecutionReport : IMessage
{
    public const int Length = 256;

    public static MessageKind Kind => MessageKind.ExecutionReport;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required OrderId OrderId { get; init; }

    [field: FieldOffset(40)]
    public required ClientOrderId ClientOrderId { get; init; }

    [field: FieldOffset(76)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(80)]
    public required OrderTerms Terms { get; init; }

    [field: FieldOffset(136)]
    public required OrderStatus Status { get; init; }

    [field: FieldOffset(137)]
    public required ExecutionType ExecutionType { get; init; }

    [field: FieldOffset(138)]
    public required byte IsMaker { get; init; }

    [field: FieldOffset(139)]
    public required OrderOrigin Origin { get; init; }

    [field: FieldOffset(140)]
    public required RejectReason RejectReason { get; init; }

    [field: FieldOffset(142)]
    public ushort Reserved { get; init; }

    [field: FieldOffset(144)]
    public required long CumulativeQuantity { get; init; }

    /// <summary>Sum over fills of price x quantity, mantissa at the quote asset's decimals.</summary>
    [field: FieldOffset(152)]
    public required long CumulativeNotional { get; init; }

    [field: FieldOffset(160)]
    public required long LastPrice { get; init; }

    [field: FieldOffset(168)]
    public required long LastQuantity { get; init; }

    /// <summary>Of this fill, mantissa at the fee asset's decimals.</summary>
    [field: FieldOffset(176)]
    public required long Fee { get; init; }

    [field: FieldOffset(184)]
    public required AssetId FeeAssetId { get; init; }

    [field: FieldOffset(188)]
    public required int ExchangeErrorCode { get; init; }

    [field: FieldOffset(192)]
    public required long TradeId { get; init; }

    [field: FieldOffset(200)]
    public required long ExchangeOrderId { get; init; }

    /// <summary>Of the command that this report answers; 0 when it answers none.</summary>
    [field: FieldOffset(208)]
    public required long CorrelationId { get; init; }

    [field: FieldOffset(216)]
    public required long ExchangeUnixNanos { get; init; }

    /// <summary>Monotonic reading when the first answer was read; 0 when not measured.</summary>
    [field: FieldOffset(224)]
    public required long ReplyReceived { get; init; }

    [field: FieldOffset(232)]
    public required StageDurations Stages { get; init; }

    /// <summary>Of a fill: the OMS's own number of it, its account sequence. 0 otherwise.</summary>
    public long ExecutionId => ExecutionType == ExecutionType.Trade ? Header.AccountSequence : 0;
}
