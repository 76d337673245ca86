using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Text;

namespace Oms.Domain.Messages;

/// <summary>FIX 35=q: cancel every live order within a scope, what is held here too.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct CancelOrders : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.CancelOrders;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required CancelScope Scope { get; init; }

    [field: FieldOffset(33)]
    public byte Reserved { get; init; }

    [field: FieldOffset(34)]
    public ushort ReservedShort { get; init; }

    /// <summary>Where the scope is an instrument.</summary>
    [field: FieldOffset(36)]
    public required InstrumentId InstrumentId { get; init; }

    /// <summary>Where the scope is an exchange.</summary>
    [field: FieldOffset(40)]
    public required Text16 Exchange { get; init; }

    /// <summary>Names the sender's request; echoed in the report that answers it.</summary>
    [field: FieldOffset(56)]
    public required long CorrelationId { get; init; }
}
