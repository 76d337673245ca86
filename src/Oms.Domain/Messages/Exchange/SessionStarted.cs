using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>
/// A connector process started: what an earlier session had not acknowledged is of unknown outcome.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct SessionStarted : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.SessionStarted;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    /// <summary>Differs from that of any earlier session of this connector.</summary>
    [field: FieldOffset(32)]
    public required long Session { get; init; }

    [field: FieldOffset(40)]
    public required ushort Connector { get; init; }

    [field: FieldOffset(42)]
    public ushort Reserved { get; init; }

    [field: FieldOffset(44)]
    public uint ReservedWord { get; init; }
}
