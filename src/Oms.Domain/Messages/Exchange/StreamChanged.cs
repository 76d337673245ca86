using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>The private stream of an account came up or went down.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct StreamChanged : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.StreamChanged;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required long Session { get; init; }

    [field: FieldOffset(40)]
    public required StreamState State { get; init; }
}
