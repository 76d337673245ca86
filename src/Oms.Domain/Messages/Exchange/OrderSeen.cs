using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Domain.Messages;

/// <summary>The exchange says in what state an order is.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct OrderSeen : IMessage
{
    public const int Length = 192;

    public static MessageKind Kind => MessageKind.OrderSeen;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    /// <summary>None where the order is not ours.</summary>
    [field: FieldOffset(32)]
    public required OrderId OrderId { get; init; }

    [field: FieldOffset(40)]
    public required long ExchangeOrderId { get; init; }

    [field: FieldOffset(48)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(52)]
    public required ExchangeOrderStatus Status { get; init; }

    [field: FieldOffset(53)]
    public required EvidenceSource Source { get; init; }

    [field: FieldOffset(54)]
    public ushort Reserved { get; init; }

    [field: FieldOffset(56)]
    public required long CumulativeQuantity { get; init; }

    [field: FieldOffset(64)]
    public required long ExchangeUnixNanos { get; init; }

    /// <summary>Only with the answer to the request of the order.</summary>
    [field: FieldOffset(72)]
    public required StageStamps Stamps { get; init; }

    /// <summary>As the exchange states them now; quantity 0 where it does not.</summary>
    [field: FieldOffset(136)]
    public required OrderTerms Terms { get; init; }
}
