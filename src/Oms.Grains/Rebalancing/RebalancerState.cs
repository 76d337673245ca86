using System.Collections.Immutable;
using Oms.Domain.Orders;
using Oms.Domain.Transfers;
using Oms.Grains.Transfers;

namespace Oms.Grains.Rebalancing;

/// <summary>What is stored of a rebalancer: replaced as a whole, never changed.</summary>
internal sealed record RebalancerState
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>Null until a silo read the configuration.</summary>
    public RebalanceSettings? Settings { get; init; }

    /// <summary>Up to here the schedule has been looked at.</summary>
    public long ScheduledUnixNanos { get; init; }

    /// <summary>The last run; null before the first.</summary>
    public RebalanceView? LastRun { get; init; }

    /// <summary>Whether every transfer of the last run is at its grain.</summary>
    public bool IsLastRunStarted { get; init; } = true;

    /// <summary>Transfers of the family that are not final, by the client's id.</summary>
    public ImmutableSortedDictionary<string, UnderWayTransfer> UnderWay { get; init; } =
        ImmutableSortedDictionary<string, UnderWayTransfer>.Empty;

    /// <summary>The last of each sending account's events that is in it.</summary>
    public ImmutableSortedDictionary<string, long> LastSequences { get; init; } =
        ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>The state in which a run is begun: from here on its transfers are under way.</summary>
    public RebalancerState Running(RebalanceView run) => this with
    {
        LastRun = run,
        IsLastRunStarted = run.Moves.IsEmpty,
        UnderWay = UnderWay.SetItems(
            run.Moves.Select(move =>
                KeyValuePair.Create(move.TransferId, new UnderWayTransfer(move.Order, IsReserved: false)))),
    };

    /// <summary>The state after what is not in it yet; the same where all of it is.</summary>
    public RebalancerState After(ImmutableArray<FamilyTransfer> transfers)
    {
        RebalancerState state = this;
        foreach (FamilyTransfer transfer in transfers)
        {
            TransferUpdate update = transfer.Update;
            if (update.Sequence > state.LastSequences.GetValueOrDefault(update.Order.From))
            {
                state = state with
                {
                    LastSequences = state.LastSequences.SetItem(update.Order.From, update.Sequence),
                    UnderWay = state.UnderWayAfter(transfer.Id, update),
                };
            }
        }

        return state;
    }

    private ImmutableSortedDictionary<string, UnderWayTransfer> UnderWayAfter(string id, TransferUpdate update)
    {
        // Another request under a known id is refused; the transfer of that id goes on.
        if (update.Reason == RejectReason.DuplicateClientTransferId)
        {
            return UnderWay;
        }

        return update.Status is TransferStatus.Reserved or TransferStatus.InTransit
            ? UnderWay.SetItem(id, new(update.Order, IsReserved: true))
            : UnderWay.Remove(id);
    }
}
