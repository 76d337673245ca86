using Oms.Domain.Orders;
using Oms.Domain.Transfers;

namespace Oms.Grains.Transfers;

/// <summary>What happened to a transfer, and where its money is then.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.TransferUpdate")]
public sealed record TransferUpdate
{
    /// <summary>Of the event, among those of the sending account.</summary>
    [Id(0)]
    public required long Sequence { get; init; }

    [Id(1)]
    public required long UnixNanos { get; init; }

    /// <summary>FastPath's number of it; 0 where it was refused before it had one.</summary>
    [Id(2)]
    public required long TransferId { get; init; }

    [Id(3)]
    public required TransferStatus Status { get; init; }

    [Id(4)]
    public required TransferStep Step { get; init; }

    /// <summary>The hop under way, from 1.</summary>
    [Id(5)]
    public required int Hop { get; init; }

    [Id(6)]
    public required RejectReason Reason { get; init; }

    [Id(7)]
    public required int ExchangeErrorCode { get; init; }

    /// <summary>The exchange's number of the hop; 0 until it said it.</summary>
    [Id(8)]
    public required long ExchangeTransferId { get; init; }

    [Id(9)]
    public required TransferOrder Order { get; init; }
}
