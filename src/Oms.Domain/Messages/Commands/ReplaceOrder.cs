using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Domain.Messages;

/// <summary>
/// A client asks to cancel an order and, once it is canceled, to place another in its stead; where the
/// first can no longer be canceled, the other is not placed.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct ReplaceOrder : IMessage
{
    public const int Length = 256;

    public static MessageKind Kind => MessageKind.ReplaceOrder;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required ClientOrderId OriginalClientOrderId { get; init; }

    /// <summary>Of the new order.</summary>
    [field: FieldOffset(68)]
    public required ClientOrderId ClientOrderId { get; init; }

    /// <summary>Names the original where it is not none.</summary>
    [field: FieldOffset(104)]
    public required OrderId OriginalOrderId { get; init; }

    [field: FieldOffset(112)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(116)]
    public uint Reserved { get; init; }

    [field: FieldOffset(120)]
    public required OrderTerms Terms { get; init; }

    /// <summary>Names the sender's request; echoed in the report that answers it.</summary>
    [field: FieldOffset(176)]
    public required long CorrelationId { get; init; }

    [field: FieldOffset(184)]
    public required CommandStamps Stamps { get; init; }
}
