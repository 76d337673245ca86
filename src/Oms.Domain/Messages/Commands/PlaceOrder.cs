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
    public required Side Side { get; init; }

    [field: FieldOffset(73)]
    public required OrderType Type { get; init; }

    [field: FieldOffset(74)]
    public required TimeInForce TimeInForce { get; init; }

    [field: FieldOffset(75)]
    public required byte Reserved { get; init; }

    [field: FieldOffset(76)]
    public required uint ReservedWord { get; init; }

    /// <summary>Mantissa at the instrument's price decimals; 0 for a market order.</summary>
    [field: FieldOffset(80)]
    public required long Price { get; init; }

    /// <summary>Mantissa at the instrument's quantity decimals.</summary>
    [field: FieldOffset(88)]
    public required long Quantity { get; init; }

    /// <summary>Names the sender's request; echoed in the report that answers it.</summary>
    [field: FieldOffset(96)]
    public required long CorrelationId { get; init; }

    [field: FieldOffset(104)]
    public required StageStamps Stamps { get; init; }
}
