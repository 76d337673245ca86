using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>A start of the FastPath opens an epoch: on disk before the first order of the epoch.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct FastPathStarted : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.FastPathStarted;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required int Shard { get; init; }

    [field: FieldOffset(36)]
    public required int Epoch { get; init; }
}
