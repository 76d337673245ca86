using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Domain.Messages;

/// <summary>Ask the exchange to change this order in place.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct SubmitAmend : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.SubmitAmend;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required long Session { get; init; }

    [field: FieldOffset(40)]
    public required OrderId OrderId { get; init; }

    [field: FieldOffset(48)]
    public required long ExchangeOrderId { get; init; }

    [field: FieldOffset(56)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(60)]
    public uint Reserved { get; init; }

    /// <summary>As they shall be.</summary>
    [field: FieldOffset(64)]
    public required OrderTerms Terms { get; init; }
}
