using System.Runtime.InteropServices;
using Oms.Domain.Ids;

namespace Oms.Domain.Messages;

/// <summary>
/// The exchange's history, asked after the request had ended, does not have this hop of a transfer.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct TransferAbsent : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.TransferAbsent;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required TransferId TransferId { get; init; }

    /// <summary>From 1.</summary>
    [field: FieldOffset(40)]
    public required byte Hop { get; init; }
}
