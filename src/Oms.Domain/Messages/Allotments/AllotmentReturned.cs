using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>A shard no longer uses this much of a limit; 0 when it needs all.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct AllotmentReturned : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.AllotmentReturned;

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
