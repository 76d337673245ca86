using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Transfers;

namespace Oms.Domain.Messages;

/// <summary>The exchange says how a hop of a transfer stands.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct TransferSeen : IMessage
{
    public const int Length = 64;

    public static MessageKind Kind => MessageKind.TransferSeen;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    [field: FieldOffset(32)]
    public required TransferId TransferId { get; init; }

    /// <summary>0 where the answer does not name it.</summary>
    [field: FieldOffset(40)]
    public required long ExchangeTransferId { get; init; }

    /// <summary>From 1.</summary>
    [field: FieldOffset(48)]
    public required byte Hop { get; init; }

    [field: FieldOffset(49)]
    public required TransferEvidence Evidence { get; init; }

    [field: FieldOffset(50)]
    public required EvidenceSource Source { get; init; }
}
