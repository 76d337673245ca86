using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>The lead granted this much of a limit to a shard; 0 when nothing is left.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct AllotmentDecided : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.AllotmentDecided;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required int Shard { get; init; }

    /// <summary>Of the limit; 0 is the firm.</summary>
    [field: FieldOffset(36)]
    public required uint Group { get; init; }

    /// <summary>Of the message that is answered.</summary>
    [field: FieldOffset(40)]
    public required long Number { get; init; }

    /// <summary>Mantissa at 8 decimals of the valuation asset.</summary>
    [field: FieldOffset(48)]
    public required long Amount { get; init; }
}
