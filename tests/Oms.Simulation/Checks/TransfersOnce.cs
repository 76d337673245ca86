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
/// Each transfer takes place once or not at all, as its end says, and as its client asked for it; what a client asks
/// for again is one; and no balance is ever corrected that transfers alone may have put wrong.
/// </summary>
/// <param name="asked">By clients, by the number of the command.</param>
internal sealed class TransfersOnce(IReadOnlyDictionary<long, StartTransfer> asked)
{
    private const string Name = "11 transfers once";

    private readonly Dictionary<TransferId, TransferReport> _told = [];
    private readonly Dictionary<TransferId, StartTransfer> _accepted = [];
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
        string which = $"transfer {report.TransferId} of {Venue.NameOf(report.Header.AccountId)}";
        bool isAnswer = report.Step is TransferStep.Accepted or TransferStep.Restated || report.TransferId.IsNone;
        if (isAnswer)
        {
            bool isAsked = asked.TryGetValue(report.CorrelationId, out StartTransfer start)
                && IsOf(in report, in start);
            Violation.If(!isAsked, Name, $"{which} answers what nobody asked for");
        }

        if (report.TransferId.IsNone)
        {
            return;
        }

        if (report.Step == TransferStep.Accepted)
        {
            _accepted[report.TransferId] = asked[report.CorrelationId];
        }

        bool isKnown = _accepted.TryGetValue(report.TransferId, out StartTransfer wanted);
        Violation.If(!isKnown || !IsOf(in report, in wanted), Name, $"{which} is told of as nobody asked for it");
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

    /// <summary>
    /// At any moment: what the exchange took is known here, and is what a client asked for, once that is told.
    /// </summary>
    public void Check(IReadOnlyList<ExchangeTransfer> transfers, EngineState state)
    {
        foreach (ExchangeTransfer there in transfers)
        {
            bool isKnown = state.Transfers.TryFind(there.TransferId, out _)
                || state.Transfers.ForgottenIntentUnixNanos != 0;
            Violation.If(!isKnown, Name, $"{there} at the exchange is not known");
            bool isOther = _accepted.TryGetValue(there.TransferId, out StartTransfer start)
                && !IsHopOf(there, in start);
            Violation.If(isOther, Name, $"{there} at the exchange is not what was asked for");
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
            bool isTold = _told.TryGetValue(hops.Key, out TransferReport told);
            Violation.If(!isTold, Name, $"nobody was ever told of transfer {hops.Key}");
            Violation.If(
                hops.Max(each => each.Hop) > told.Hop,
                Name,
                $"of transfer {hops.Key} hop {told.Hop} was the last that was told of");
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

    /// <summary>Whether what is told is of what was asked for, to the last field.</summary>
    private static bool IsOf(in TransferReport report, in StartTransfer start) =>
        (report.Header.AccountId, report.FromWallet) == (start.Header.AccountId, start.FromWallet)
        && (report.ToAccountId, report.ToWallet) == (start.ToAccountId, start.ToWallet)
        && (report.AssetId, report.Amount) == (start.AssetId, start.Amount)
        && report.ClientTransferId == start.ClientTransferId;

    private static bool IsHopOf(ExchangeTransfer there, in StartTransfer start)
    {
        (AccountId, Market)[] route =
            TransferRoute.Of(start.Header.AccountId, start.FromWallet, start.ToAccountId, start.ToWallet);
        return there.Hop * 2 <= route.Length
            && (there.From, there.FromWallet) == route[(there.Hop - 1) * 2]
            && (there.To, there.ToWallet) == route[((there.Hop - 1) * 2) + 1]
            && (there.Asset, there.Amount) == (start.AssetId, start.Amount);
    }

    private static int HopsOf(in TransferReport report) =>
        TransferRoute.Of(report.Header.AccountId, report.FromWallet, report.ToAccountId, report.ToWallet).Length / 2;
}
