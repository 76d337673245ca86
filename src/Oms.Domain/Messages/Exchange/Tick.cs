using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>Time passed and nothing else happened.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct Tick : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.Tick;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }
}
