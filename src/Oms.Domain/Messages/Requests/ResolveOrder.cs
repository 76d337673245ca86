using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>Find out what became of this order: its state, and its trades.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct ResolveOrder : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.ResolveOrder;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required long Session { get; init; }

    [field: FieldOffset(40)]
    public required OrderId OrderId { get; init; }

    [field: FieldOffset(48)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(52)]
    public uint Reserved { get; init; }

    /// <summary>When the intent was logged: before it nothing can have left.</summary>
    [field: FieldOffset(56)]
    public required long IntentUnixNanos { get; init; }

    /// <summary>The round that waits for the answer; 0 for none.</summary>
    [field: FieldOffset(64)]
    public required long EvidenceId { get; init; }

    /// <summary>The exchange's number of it; 0 where it is not known.</summary>
    [field: FieldOffset(72)]
    public required long ExchangeOrderId { get; init; }
}
