using System.Runtime.InteropServices;
using Oms.Domain.Text;

namespace Oms.Domain.Messages;

/// <summary>
/// FastPath reads an inbound ring from here: tells which ring a source number of the log means from now on.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct RingAttached : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.RingAttached;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required int RingNumber { get; init; }

    [field: FieldOffset(36)]
    public int ReservedWord { get; init; }

    /// <summary>Of the ring: positions mean nothing in another.</summary>
    [field: FieldOffset(40)]
    public required long Incarnation { get; init; }

    [field: FieldOffset(48)]
    public required long Position { get; init; }

    [field: FieldOffset(56)]
    public required Text32 Name { get; init; }
}
