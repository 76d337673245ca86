using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>A connector process fell silent, or is heard again.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct ConnectorChanged : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.ConnectorChanged;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required ushort Connector { get; init; }

    /// <summary>1 when it is heard again.</summary>
    [field: FieldOffset(34)]
    public required byte IsHeard { get; init; }

    [field: FieldOffset(35)]
    public byte Reserved { get; init; }

    [field: FieldOffset(36)]
    public uint ReservedWord { get; init; }
}
