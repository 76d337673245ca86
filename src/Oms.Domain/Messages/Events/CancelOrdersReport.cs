using System.Runtime.InteropServices;

namespace Oms.Domain.Messages;

/// <summary>FIX 35=r: how many orders a mass cancel found; each has its own reports.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct CancelOrdersReport : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.CancelOrdersReport;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required CancelScope Scope { get; init; }

    [field: FieldOffset(33)]
    public byte Reserved { get; init; }

    [field: FieldOffset(34)]
    public ushort ReservedShort { get; init; }

    [field: FieldOffset(36)]
    public required int OrderCount { get; init; }

    [field: FieldOffset(40)]
    public required long CorrelationId { get; init; }
}
