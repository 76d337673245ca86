using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>Ask the exchange to cancel this order.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct SubmitCancel : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.SubmitCancel;

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

    /// <summary>Of <see cref="CancelHalt"/>.</summary>
    [field: FieldOffset(60)]
    public required uint Halt { get; init; }
}
