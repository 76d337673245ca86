using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>The price at which the exchange values positions of an instrument.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct MarkPrice : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.MarkPrice;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(36)]
    public uint Reserved { get; init; }

    [field: FieldOffset(40)]
    public required long Price { get; init; }

    /// <summary>The exchange's time of the mark.</summary>
    [field: FieldOffset(48)]
    public required long ExchangeUnixNanos { get; init; }
}
