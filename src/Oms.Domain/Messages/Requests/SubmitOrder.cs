using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Domain.Messages;

/// <summary>Send this order to the exchange, once.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct SubmitOrder : IMessage
{
    public const int Length = 192;

    public static MessageKind Kind => MessageKind.SubmitOrder;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    /// <summary>The connector session that may send it; another discards it.</summary>
    [field: FieldOffset(32)]
    public required long Session { get; init; }

    [field: FieldOffset(40)]
    public required OrderId OrderId { get; init; }

    [field: FieldOffset(48)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(52)]
    public required Side Side { get; init; }

    [field: FieldOffset(53)]
    public required OrderType Type { get; init; }

    [field: FieldOffset(54)]
    public required TimeInForce TimeInForce { get; init; }

    [field: FieldOffset(55)]
    public required byte Reserved { get; init; }

    [field: FieldOffset(56)]
    public required long Price { get; init; }

    [field: FieldOffset(64)]
    public required long Quantity { get; init; }

    [field: FieldOffset(72)]
    public required StageStamps Stamps { get; init; }
}
