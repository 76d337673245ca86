using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Domain.Transfers;

namespace Oms.Domain.Messages;

/// <summary>
/// The state of a transfer after something happened to it, and what happened; of the account that it is from.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public readonly record struct TransferReport : IMessage
{
    public const int Length = 128;

    public static MessageKind Kind => MessageKind.TransferReport;

    [field: FieldOffset(0)]
    public required MessageHeader Header { get; init; }

    /// <summary>None where it was refused before it was one.</summary>
    [field: FieldOffset(32)]
    public required TransferId TransferId { get; init; }

    [field: FieldOffset(40)]
    public required AccountId ToAccountId { get; init; }

    [field: FieldOffset(44)]
    public required AssetId AssetId { get; init; }

    [field: FieldOffset(48)]
    public required Market FromWallet { get; init; }

    [field: FieldOffset(49)]
    public required Market ToWallet { get; init; }

    [field: FieldOffset(50)]
    public required TransferStatus Status { get; init; }

    [field: FieldOffset(51)]
    public required TransferStep Step { get; init; }

    /// <summary>
    /// The leg that was booked, from 1: odd ones take away, even ones add; the first two are the first hop. 0 where
    /// none was.
    /// </summary>
    [field: FieldOffset(52)]
    public required byte Leg { get; init; }

    /// <summary>The hop under way, from 1.</summary>
    [field: FieldOffset(53)]
    public required byte Hop { get; init; }

    [field: FieldOffset(54)]
    public required RejectReason Reason { get; init; }

    /// <summary>Mantissa at the asset's decimals.</summary>
    [field: FieldOffset(56)]
    public required long Amount { get; init; }

    [field: FieldOffset(64)]
    public required Text32 ClientTransferId { get; init; }

    /// <summary>Of the command that this report answers; 0 when it answers none.</summary>
    [field: FieldOffset(96)]
    public required long CorrelationId { get; init; }

    /// <summary>The exchange's number of the hop; 0 until it said it.</summary>
    [field: FieldOffset(104)]
    public required long ExchangeTransferId { get; init; }

    [field: FieldOffset(112)]
    public required int ExchangeErrorCode { get; init; }
}
