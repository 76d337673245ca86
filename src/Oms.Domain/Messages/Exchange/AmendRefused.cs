using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;
using Oms.Domain.Text;

namespace Oms.Domain.Messages;

/// <summary>
/// The exchange refused a change, or its outcome is not known; the state of the order is being asked
/// for.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct AmendRefused : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.AmendRefused;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required OrderId OrderId { get; init; }

    [field: FieldOffset(40)]
    public required int ExchangeErrorCode { get; init; }

    [field: FieldOffset(44)]
    public required RejectReason Reason { get; init; }

    [field: FieldOffset(46)]
    public ushort Reserved { get; init; }

    [field: FieldOffset(48)]
    public required Text64 ExchangeText { get; init; }
}
