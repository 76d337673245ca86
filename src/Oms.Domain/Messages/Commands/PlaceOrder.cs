using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Domain.Messages;

/// <summary>A client asks for an order.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct PlaceOrder : IMessage
{
    public const int Length = 192;

    public static MessageKind Kind => MessageKind.PlaceOrder;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required ClientOrderId ClientOrderId { get; init; }

    [field: FieldOffset(68)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(72)]
    public required OrderTerms Terms { get; init; }

    /// <summary>Names the sender's request; echoed in the report that answers it.</summary>
    [field: FieldOffset(128)]
    public required long CorrelationId { get; init; }

    [field: FieldOffset(136)]
    public required CommandStamps Stamps { get; init; }
}
