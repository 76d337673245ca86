using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Domain.Messages;

/// <summary>
/// A client asks for two or three orders that depend on each other; all of them or none. OCO: two
/// orders of one side that share one quantity. OTO: a first order, and one of the other side for what
/// it fills. Bracket: a first order, a take-profit and a stop. The quantity of what waits for a first
/// order is zero.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct PlaceOrderList : IMessage
{
    public const int Length = 384;

    public static MessageKind Kind => MessageKind.PlaceOrderList;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(36)]
    public required Contingency Contingency { get; init; }

    /// <summary>2, or 3 for a bracket.</summary>
    [field: FieldOffset(37)]
    public required byte LegCount { get; init; }

    [field: FieldOffset(38)]
    public ushort Reserved { get; init; }

    /// <summary>Names the sender's request; echoed in the report that answers it.</summary>
    [field: FieldOffset(40)]
    public required long CorrelationId { get; init; }

    [field: FieldOffset(48)]
    public required CommandStamps Stamps { get; init; }

    [field: FieldOffset(72)]
    public required OrderLeg First { get; init; }

    [field: FieldOffset(168)]
    public required OrderLeg Second { get; init; }

    /// <summary>Of a bracket; zero otherwise.</summary>
    [field: FieldOffset(264)]
    public required OrderLeg Third { get; init; }
}
