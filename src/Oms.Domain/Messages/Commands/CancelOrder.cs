using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>
/// A client asks to cancel an order, named by our id or, where that is none, by the client's.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct CancelOrder : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.CancelOrder;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required ClientOrderId ClientOrderId { get; init; }

    [field: FieldOffset(68)]
    public uint Reserved { get; init; }

    [field: FieldOffset(72)]
    public required OrderId OrderId { get; init; }

    /// <summary>Names the sender's request; echoed in the report that answers it.</summary>
    [field: FieldOffset(80)]
    public required long CorrelationId { get; init; }
}
