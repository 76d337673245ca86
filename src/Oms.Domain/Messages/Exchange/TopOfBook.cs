using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>Best bid and ask of an instrument; zeros when the book is not valid.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct TopOfBook : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.TopOfBook;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(36)]
    public uint Reserved { get; init; }

    [field: FieldOffset(40)]
    public required long BidPrice { get; init; }

    [field: FieldOffset(48)]
    public required long BidQuantity { get; init; }

    [field: FieldOffset(56)]
    public required long AskPrice { get; init; }

    [field: FieldOffset(64)]
    public required long AskQuantity { get; init; }

    /// <summary>The exchange's time of the update.</summary>
    [field: FieldOffset(72)]
    public required long ExchangeUnixNanos { get; init; }
}
