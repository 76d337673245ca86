using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Domain.Messages;

/// <summary>FIX 35=9: a cancel or a change was refused, by us or by the exchange.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct CancelRejected : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.CancelRejected;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required OrderId OrderId { get; init; }

    [field: FieldOffset(40)]
    public required ClientOrderId ClientOrderId { get; init; }

    /// <summary>Of the order; 0 when there is none.</summary>
    [field: FieldOffset(76)]
    public required OrderStatus Status { get; init; }

    [field: FieldOffset(77)]
    public byte Reserved { get; init; }

    [field: FieldOffset(78)]
    public required RejectReason Reason { get; init; }

    [field: FieldOffset(80)]
    public required int ExchangeErrorCode { get; init; }

    /// <summary>Of the order; none when there is none.</summary>
    [field: FieldOffset(84)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(88)]
    public required long CorrelationId { get; init; }
}
