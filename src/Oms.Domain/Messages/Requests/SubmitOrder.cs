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
    public uint Reserved { get; init; }

    [field: FieldOffset(56)]
    public required OrderTerms Terms { get; init; }

    [field: FieldOffset(112)]
    public required StageStamps Stamps { get; init; }
}
