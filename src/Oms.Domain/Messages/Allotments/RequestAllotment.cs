using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>A shard asks its lead for a part of a limit that holds over all shards.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct RequestAllotment : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.RequestAllotment;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    /// <summary>Of the shard that has the part.</summary>
    [field: FieldOffset(32)]
    public required int Shard { get; init; }

    /// <summary>Of the limit; 0 is the firm.</summary>
    [field: FieldOffset(36)]
    public required uint Group { get; init; }

    /// <summary>Rises with each message between the two; a repeated one changes nothing.</summary>
    [field: FieldOffset(40)]
    public required long Number { get; init; }

    /// <summary>Mantissa at 8 decimals of the valuation asset.</summary>
    [field: FieldOffset(48)]
    public required long Amount { get; init; }
}
