using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;
using Oms.Domain.Text;

namespace Oms.Domain.Messages;

/// <summary>The exchange refused a hop of a transfer; it does not exist there.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct TransferRefused : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.TransferRefused;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required TransferId TransferId { get; init; }

    [field: FieldOffset(40)]
    public required int ExchangeErrorCode { get; init; }

    [field: FieldOffset(44)]
    public required RejectReason Reason { get; init; }

    /// <summary>From 1.</summary>
    [field: FieldOffset(46)]
    public required byte Hop { get; init; }

    [field: FieldOffset(47)]
    public byte Reserved { get; init; }

    [field: FieldOffset(48)]
    public required Text64 ExchangeText { get; init; }
}
