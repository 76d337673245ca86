using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Domain.Transfers;
using Oms.Simulation.World;

namespace Oms.Simulation.Exchange;

/// <summary>
/// The exchange's side of transfers. It takes each id once, whatever is asked under it again; carries some out later,
/// if the money is still there; and lists some in its history later than it took them.
/// </summary>
internal sealed class ExchangeTransfers(
    SimulatedExchange exchange, VirtualTime time, Network network, Dice dice, Trace trace, Tally tally)
{
    private const long LateNanosMax = 3 * UnixNanos.PerSecond;

    private readonly List<ExchangeTransfer> _all = [];

    /// <summary>Of a thousand: carried out late, and listed late.</summary>
    public int Late { get; set; }

    public IReadOnlyList<ExchangeTransfer> All => _all;

    /// <summary>Is told of each side of what is carried out.</summary>
    public Action<BalanceMoved> Moved { get; set; } = static _ => { };

    /// <summary>Takes a request, or says why not. One that it has already, it has.</summary>
    public ExchangeTransfer? Take(in SubmitTransfer request, out RejectReason why)
    {
        SubmitTransfer asked = request;
        why = RejectReason.None;
        if (_all.FirstOrDefault(each => each.TransferId == asked.TransferId && each.Hop == asked.Hop) is { } known)
        {
            tally.Add("transfer asked for again, taken once");
            return known;
        }

        if (request.Amount > exchange.Free(request.Header.AccountId, request.FromWallet, request.AssetId))
        {
            why = RejectReason.ExchangeInsufficientBalance;
            return null;
        }

        var transfer = new ExchangeTransfer
        {
            TransferId = request.TransferId,
            Hop = request.Hop,
            From = request.Header.AccountId,
            FromWallet = request.FromWallet,
            To = request.ToAccountId,
            ToWallet = request.ToWallet,
            Asset = request.AssetId,
            Amount = request.Amount,
            Number = _all.Count + 1,
            ListedFrom = time.Ticks + LateBy("transfer listed late"),
        };
        _all.Add(transfer);
        trace.Say(
            $"exchange takes {transfer}: {transfer.Amount} of asset {transfer.Asset.Value} from "
            + $"{Venue.NameOf(transfer.From)} {transfer.FromWallet} to {Venue.NameOf(transfer.To)} "
            + $"{transfer.ToWallet}");
        long lateBy = LateBy("transfer carried out late");
        if (lateBy == 0)
        {
            CarryOut(transfer);
        }
        else
        {
            network.After(lateBy, () => CarryOut(transfer));
        }

        return transfer;
    }

    /// <summary>What history answers; null where it does not have it now.</summary>
    public ExchangeTransfer? Listed(TransferId id, int hop) =>
        _all.FirstOrDefault(each => each.TransferId == id && each.Hop == hop && each.ListedFrom <= time.Ticks);

    private long LateBy(string what)
    {
        if (!dice.Chance(Late))
        {
            return 0;
        }

        tally.Add(what);
        return dice.Between(1, LateNanosMax);
    }

    private void CarryOut(ExchangeTransfer transfer)
    {
        bool isThere = transfer.Amount <= exchange.Free(transfer.From, transfer.FromWallet, transfer.Asset);
        transfer.State = isThere ? TransferEvidence.Done : TransferEvidence.Failed;
        trace.Say($"exchange has {transfer} as {transfer.State}");
        tally.Add($"transfer {transfer.State} at the exchange");
        if (isThere)
        {
            exchange.Add(transfer.From, transfer.FromWallet, transfer.Asset, -transfer.Amount);
            exchange.Add(transfer.To, transfer.ToWallet, transfer.Asset, transfer.Amount);
            Moved(transfer.Moved(isCredit: false));
            Moved(transfer.Moved(isCredit: true));
        }
    }
}
