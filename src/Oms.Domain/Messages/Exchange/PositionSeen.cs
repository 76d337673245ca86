using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Domain.Messages;

/// <summary>The exchange says what position an account has in an instrument.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct PositionSeen : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.PositionSeen;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required InstrumentId InstrumentId { get; init; }

    [field: FieldOffset(36)]
    public required PositionSide PositionSide { get; init; }

    [field: FieldOffset(37)]
    public byte Reserved { get; init; }

    /// <summary>0 where it is not stated.</summary>
    [field: FieldOffset(38)]
    public required ushort Leverage { get; init; }

    /// <summary>Signed; of a short position negative in either mode.</summary>
    [field: FieldOffset(40)]
    public required long Quantity { get; init; }

    /// <summary>What it cost, signed as the quantity, mantissa at the quote asset's decimals.</summary>
    [field: FieldOffset(48)]
    public required long EntryNotional { get; init; }

    [field: FieldOffset(56)]
    public required long EvidenceId { get; init; }
}
