using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.Domain.Transfers;
using Oms.Engine.Ledgers;
using Oms.Engine.State;
using Oms.Simulation.Exchange;
using Oms.Simulation.World;

namespace Oms.Simulation.Checks;

/// <summary>
/// Each transfer takes place once or not at all, as its end says, and as it was asked for; what a client asks for again
/// is one; and no balance is ever corrected that transfers alone may have put wrong.
/// </summary>
internal sealed class TransfersOnce
{
    private const string Name = "11 transfers once";

    private readonly Dictionary<TransferId, TransferReport> _told = [];
    private readonly Dictionary<Text32, TransferId> _names = [];
    private readonly HashSet<AccountId> _halted = [];

    /// <summary>Transfers that were told of.</summary>
    public IReadOnlyCollection<TransferReport> Told => _told.Values;

    public void Hear(in HaltChanged halt)
    {
        if (halt.Scope == HaltScope.Account)
        {
            _ = halt.State == HaltState.Resumed
                ? _halted.Remove(halt.Header.AccountId)
                : _halted.Add(halt.Header.AccountId);
        }
    }

    public void Hear(in TransferReport report)
    {
        if (report.TransferId.IsNone)
        {
            return;
        }

        string which = $"transfer {report.TransferId} of {Venue.NameOf(report.Header.AccountId)}";
        bool isSecond = _names.TryGetValue(report.ClientTransferId, out TransferId first)
            && first != report.TransferId;
        Violation.If(isSecond, Name, $"{report.ClientTransferId} is {which} and transfer {first}");
        _names[report.ClientTransferId] = report.TransferId;
        Violation.If(
            report.Step == TransferStep.Accepted && _halted.Contains(report.Header.AccountId),
            Name,
            $"{which} was accepted although the account is halted");
        // What balance events alone completed may be denied by the exchange.
        bool isOver = _told.TryGetValue(report.TransferId, out TransferReport before)
            && before.Status is TransferStatus.Rejected or TransferStatus.Stranded
            && report.Status != before.Status;
        Violation.If(isOver, Name, $"{which} was {before.Status} and is {report.Status}");
        _told[report.TransferId] = report;
    }

    /// <summary>
    /// Accounts in which only the OMS acts have in spot what their fills and transfers leave: there is nothing that the
    /// exchange would have to state.
    /// </summary>
    public static void Hear(in BalanceChanged changed) => Violation.If(
        changed.Change == BalanceChange.Adjusted
            && changed.Wallet == Market.Spot
            && changed.Header.AccountId != Venue.Wild,
        Name,
        $"asset {changed.AssetId.Value} of {Venue.NameOf(changed.Header.AccountId)} is adjusted to {changed.Free} and "
        + $"{changed.ReservedAmount}");

    /// <summary>At any moment: what the exchange took is known here, and is what was asked for.</summary>
    public static void Check(IReadOnlyList<ExchangeTransfer> transfers, EngineState state)
    {
        foreach (ExchangeTransfer there in transfers)
        {
            if (!state.Transfers.TryFind(there.TransferId, out int slot))
            {
                Violation.If(
                    state.Transfers.ForgottenIntentUnixNanos == 0, Name, $"{there} at the exchange is not known");
                continue;
            }

            ref readonly Engine.Transfers.TransferState here = ref state.Transfers[slot];
            int leg = (there.Hop - 1) * 2;
            bool isSame = (there.From, there.FromWallet) == (here.AccountOf(leg), here.WalletOf(leg))
                && (there.To, there.ToWallet) == (here.AccountOf(leg + 1), here.WalletOf(leg + 1))
                && (there.Asset, there.Amount) == (here.AssetId, here.Amount)
                && there.Hop <= here.Hop;
            Violation.If(!isSame, Name, $"{there} at the exchange is not what was asked for");
        }
    }

    /// <summary>After everything was reconciled.</summary>
    public void CheckEnd(IReadOnlyList<ExchangeTransfer> transfers, EngineState state)
    {
        foreach (IGrouping<TransferId, ExchangeTransfer> hops in transfers.GroupBy(each => each.TransferId))
        {
            Violation.If(
                hops.Select(each => each.Hop).Distinct().Count() != hops.Count(),
                Name,
                $"a hop of transfer {hops.Key} took place twice");
            Violation.If(!_told.ContainsKey(hops.Key), Name, $"nobody was ever told of transfer {hops.Key}");
        }

        foreach (TransferReport report in _told.Values)
        {
            int done = transfers.Count(each => each.TransferId == report.TransferId && each.IsDone);
            TransferStatus expected = done == 0 ? TransferStatus.Rejected
                : done == HopsOf(in report) ? TransferStatus.Completed
                : TransferStatus.Stranded;
            Violation.If(
                report.Status != expected,
                Name,
                $"transfer {report.TransferId} is {report.Status}, and {done} of {HopsOf(in report)} hops took place");
        }

        foreach (BalanceRow row in state.Ledger.Rows)
        {
            Violation.If(
                row.InTransit != 0,
                Name,
                $"{row.InTransit} {row.Asset.Definition.Name} of {Venue.NameOf(row.Account.Id)} stay in transit");
        }

        Violation.If(state.Transfers.Live.Length > 0, Name, $"{state.Transfers.Live.Length} never end");
    }

    private static int HopsOf(in TransferReport report) =>
        report is { FromWallet: Market.Futures, ToWallet: Market.Futures } ? 2 : 1;
}
