using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>
/// A client asks to change an order that lives, named by our id or, where that is none, by the
/// client's. What stays is zero.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct AmendOrder : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.AmendOrder;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required ClientOrderId ClientOrderId { get; init; }

    [field: FieldOffset(68)]
    public uint Reserved { get; init; }

    [field: FieldOffset(72)]
    public required OrderId OrderId { get; init; }

    /// <summary>The new limit.</summary>
    [field: FieldOffset(80)]
    public required long Price { get; init; }

    /// <summary>The new quantity, of all: at or below what is filled it cancels the rest.</summary>
    [field: FieldOffset(88)]
    public required long Quantity { get; init; }

    /// <summary>The new stop price.</summary>
    [field: FieldOffset(96)]
    public required long StopPrice { get; init; }

    /// <summary>Names the sender's request; echoed in the report that answers it.</summary>
    [field: FieldOffset(104)]
    public required long CorrelationId { get; init; }
}
