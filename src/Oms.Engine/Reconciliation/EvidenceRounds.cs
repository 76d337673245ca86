using System.Diagnostics.CodeAnalysis;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.State;

namespace Oms.Engine.Reconciliation;

/// <summary>
/// Opens and closes the gates of accounts. After each start of a connector and each loss of a private stream
/// an account may send no new order until a round of evidence is complete: every live order resolved,
/// balances and positions seen. From then on it is asked again now and then, and its gate stays open
/// meanwhile: only a difference that no fill explains closes it. Accounts of what is matched here have nobody to ask.
/// </summary>
internal sealed class EvidenceRounds(
    EngineState state,
    Outbox outbox,
    OrderReports reports,
    ConnectorRequests requests,
    PositionEvidence positions)
{
    private const long RetryNanos = UnixNanos.PerSecond;

    /// <summary>After so many incomplete rounds in a row the pause before the next grows no more.</summary>
    private const int PauseDoublingsMax = 5;

    /// <summary>
    /// From a round that agreed to the next: 200 accounts behind one address spend on it some third of the requests
    /// that an exchange grants.
    /// </summary>
    private const long CheckNanos = 600 * UnixNanos.PerSecond;

    /// <summary>
    /// From a round that agreed to the next, where a transfer may have been taken for the reason of what differed: it
    /// may not have been the whole.
    /// </summary>
    private const long TransferNanos = 10 * UnixNanos.PerSecond;

    /// <summary>
    /// From a trade to the next round, where it may have brought another profit than was counted: a wallet may be in
    /// such doubt for as long as a position is open.
    /// </summary>
    private const long DoubtNanos = 60 * UnixNanos.PerSecond;

    /// <returns>Whether the session is a new one.</returns>
    public bool Apply(in SessionStarted started)
    {
        ConnectorState connector = state.Connector(started.Connector);
        if (started.Session == connector.Session)
        {
            return false;
        }

        connector.Session = started.Session;
        connector.IsSilent = false;
        foreach (AccountState account in state.Accounts)
        {
            if (!IsOf(account, started.Connector))
            {
                continue;
            }

            account.IsStreamUp = false;
            Close(account, GateReason.ConnectorStarted);
            for (int slot = account.Live.First; slot != LiveOrders.None; slot = state.Orders[slot].NextLive)
            {
                LoseInFlight(slot);
            }
        }

        return true;
    }

    /// <summary>
    /// A silent connector sends nothing: its accounts take no orders until it is heard again.
    /// </summary>
    public void Apply(in ConnectorChanged changed)
    {
        state.Connector(changed.Connector).IsSilent = changed.IsHeard == 0;
        foreach (AccountState account in state.Accounts)
        {
            if (!IsOf(account, changed.Connector))
            {
                continue;
            }

            if (changed.IsHeard == 0)
            {
                Close(account, GateReason.ConnectorSilent);
            }
            else if (account.IsStreamUp)
            {
                SetGate(account, AccountGate.Reconciling, GateReason.ConnectorHeard);
                Begin(account);
            }
        }
    }

    public void Apply(in StreamChanged changed)
    {
        if (state.FindAccount(changed.Header.AccountId) is not { Exchange.IsMatchedHere: false } account
            || state.Connector(account.Connector).Session != changed.Session)
        {
            return;
        }

        account.IsStreamUp = changed.State == StreamState.Up;
        if (account.IsStreamUp)
        {
            SetGate(account, AccountGate.Reconciling, GateReason.StreamUp);
            Begin(account);
        }
        else
        {
            Close(account, GateReason.StreamDown);
        }
    }

    public void Apply(in EvidenceBegin begin)
    {
        if (TryMatch(begin.Header.AccountId, begin.EvidenceId, out AccountState? account))
        {
            account.FilledSinceRoundBegan = false;
            account.DoesEvidenceDiffer = false;
        }
    }

    public void Apply(in BalanceSeen seen)
    {
        if (!TryMatch(seen.Header.AccountId, seen.EvidenceId, out AccountState? account)
            || state.FindAsset(seen.AssetId) is not { } asset
            || !Amounts.IsAmount(seen.Free)
            || !Amounts.IsAmount(seen.Locked)
            || state.Ledger.TryRow(account, seen.Market, asset) is not { } row)
        {
            return;
        }

        long total = seen.Free + seen.Locked;
        if (!row.IsOpened)
        {
            row.IsOpened = true;
            state.Ledger.Post(row, total - row.Total, ContraKind.Opening);
            reports.ReportBalance(row, BalanceChange.Opening, OrderId.None);
        }
        else
        {
            Compare(row, total - row.Total, account);
        }
    }

    public void Apply(in PositionSeen seen)
    {
        if (TryMatch(seen.Header.AccountId, seen.EvidenceId, out AccountState? account))
        {
            positions.Take(account, in seen);
        }
    }

    public void Apply(in EvidenceEnd end)
    {
        if (!TryMatch(end.Header.AccountId, end.EvidenceId, out AccountState? account))
        {
            return;
        }

        bool wasHalted = state.IsHalted(account);
        if (end.Complete == 1)
        {
            positions.Conclude(account);
        }

        if (end.Complete != 1 || account.DoesEvidenceDiffer)
        {
            // Who traded meanwhile cannot agree, and a question that failed says nothing of who was ready before.
            bool saysNothing = end.Complete != 1 || account.FilledSinceRoundBegan;
            if (account.Gate != AccountGate.Ready || !saysNothing)
            {
                SetGate(
                    account,
                    AccountGate.Reconciling,
                    end.Complete == 1 ? GateReason.BalancesDiffer : GateReason.EvidenceIncomplete);
            }

            AskIn(account, end.Complete == 1 ? RetryNanos : PauseAfterIncomplete(account));
            return;
        }

        if (!account.ArePositionsKnown)
        {
            (account.ArePositionsKnown, account.PositionsKnownAtUnixNanos) = (true, outbox.Now);
        }

        account.RoundsIncomplete = 0;
        account.IsToBeExplained = false;
        account.ReconciledAtUnixNanos = outbox.Now;
        state.DirtyAccounts.Add(account);
        SetGate(account, AccountGate.Ready, GateReason.EvidenceComplete);
        long pause = HasMoved(account) ? TransferNanos : CheckNanos;
        AskIn(account, account.FilledSinceRoundBegan ? Math.Min(pause, PauseInDoubt(account)) : pause);
        if (wasHalted)
        {
            AnswerHalt(account);
        }
    }

    /// <summary>An operator wants to know now.</summary>
    public void Apply(in ReconcileAccount command)
    {
        AccountState? account = state.FindAccount(command.Header.AccountId);
        long round = 0;
        if (account is { Exchange.IsMatchedHere: false, Gate: not AccountGate.Disconnected })
        {
            Begin(account);
            round = account.EvidenceId;
        }

        outbox.Add(new ReconcileReport
        {
            Header = account is null
                ? outbox.Event<ReconcileReport>(command.Header.AccountId)
                : outbox.Event<ReconcileReport>(account),
            EvidenceId = round,
            CorrelationId = command.CorrelationId,
            Gate = account?.Gate ?? AccountGate.Disconnected,
        });
    }

    /// <summary>Begins the rounds that are due.</summary>
    public void RetryWhatIsDue()
    {
        state.NextRetryUnixNanos = long.MaxValue;
        foreach (AccountState account in state.Accounts)
        {
            if (account.RetryAtUnixNanos != 0 && account.RetryAtUnixNanos <= outbox.Now)
            {
                Begin(account);
            }
            else if (account.RetryAtUnixNanos != 0)
            {
                state.NextRetryUnixNanos = Math.Min(state.NextRetryUnixNanos, account.RetryAtUnixNanos);
            }
        }
    }

    /// <summary>
    /// A fill of an order from elsewhere, or a payment that others overtook, was booked: it may be older than the
    /// balances and positions that the exchange stated, and be in them. What it states from now on decides.
    /// </summary>
    public void CheckSoon(AccountState account) => CheckIn(account, RetryNanos);

    /// <summary>
    /// A position of a futures wallet was traded whose cost may be another at the exchange: what that came to is in the
    /// wallet that it states now; all of it once no position is open.
    /// </summary>
    public void CheckWhatIsTraded(Holding traded)
    {
        if (traded.QuoteRow.IsCostDoubtful)
        {
            CheckIn(traded.Account, IsFlat(traded.QuoteRow) ? RetryNanos : DoubtNanos);
        }
    }

    /// <summary>Asks for all that is known of a connected account.</summary>
    public void Begin(AccountState account)
    {
        account.RetryAtUnixNanos = 0;
        account.EvidenceId = ++state.EvidenceId;
        for (int slot = account.Live.First; slot != LiveOrders.None; slot = state.Orders[slot].NextLive)
        {
            ref readonly OrderState order = ref state.Orders[slot];
            if (order.Has(OrderMarks.Sent) && !state.Instrument(order.InstrumentId).IsMatchedHere)
            {
                requests.Resolve(in order, account.EvidenceId);
            }
        }

        requests.GatherEvidence(account.Id, account.EvidenceId, explain: account.IsToBeExplained);
    }

    /// <summary>
    /// What the earlier session had not acknowledged may or may not have left. A cancel is asked for again
    /// when the exchange shows the order: sent twice it does no harm, lost it does. Whether a change was made
    /// is seen by the order's terms.
    /// </summary>
    private void LoseInFlight(int slot)
    {
        ref OrderState order = ref state.Orders[slot];
        if (!order.Has(OrderMarks.Sent) || state.Instrument(order.InstrumentId).IsMatchedHere)
        {
            return;
        }

        if (order.Status == OrderStatus.PendingCancel)
        {
            order.Set(OrderMarks.CancelWanted);
        }

        Amendment.Doubt(ref order);

        if (!order.Has(OrderMarks.Acknowledged) && reports.Advance(slot, OrderEvent.OutcomeUnknown))
        {
            reports.Report(slot, ExecutionType.Unknown);
        }
    }

    /// <summary>
    /// A difference is adopted when no fill can be why: with no order live, or when the next round, which
    /// first resolved every live order, finds the same one. Otherwise the account is asked again. What transfers under
    /// way may be the reason of, they explain when they arrive, and until then nothing else is adopted of a row that
    /// they change; where something else of the account differs too, trades that nobody heard of may explain both.
    /// </summary>
    private void Compare(BalanceRow row, long difference, AccountState account)
    {
        if (difference != 0 && MayBeInTransfer(row, difference))
        {
            row.Difference = 0;
            return;
        }

        bool isSettled = !account.FilledSinceRoundBegan
            && !account.DoesEvidenceDiffer
            && (difference == 0 || !IsInTransfer(row))
            && (account.Live.Count == 0 || row.Difference == difference);
        row.Difference = isSettled ? 0 : difference;
        if (isSettled)
        {
            row.IsCostDoubtful = !IsFlat(row) && (row.IsCostDoubtful || difference != 0);
        }

        if (difference == 0)
        {
            return;
        }

        if (isSettled)
        {
            outbox.Add(PositionEvidence.DifferenceOf(
                outbox, account, row.Asset.Id, row.Total, row.Total + difference));
            state.Ledger.Post(row, difference, ContraKind.Adjustments);
            reports.ReportBalance(row, BalanceChange.Adjusted, OrderId.None);
        }
        else
        {
            account.NoteDifference();
        }
    }

    /// <summary>Whether a transfer of the account is under way, or was a moment ago.</summary>
    private bool HasMoved(AccountState account) =>
        state.Transfers.HasLive(account.Id)
        || (account.TransferredAtUnixNanos != 0
            && account.TransferredAtUnixNanos > outbox.Now - TransferNanos);

    /// <summary>Until a round that may find another profit than was counted.</summary>
    private static long PauseInDoubt(AccountState account)
    {
        long pause = CheckNanos;
        foreach (Holding holding in account.Holdings)
        {
            long own = IsFlat(holding.QuoteRow) ? RetryNanos : DoubtNanos;
            pause = holding.QuoteRow.IsCostDoubtful ? Math.Min(pause, own) : pause;
        }

        return pause;
    }

    /// <summary>No position is open whose profit is settled in a wallet.</summary>
    private static bool IsFlat(BalanceRow row)
    {
        foreach (Holding holding in row.Account.Holdings)
        {
            if (holding.QuoteRow != row || !holding.Instrument.IsFutures)
            {
                continue;
            }

            foreach (Position position in holding.Positions)
            {
                if (position.Quantity != 0)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>A transfer under way may be a part of any difference.</summary>
    private bool IsInTransfer(BalanceRow row) =>
        !state.Transfers.Live.IsEmpty && state.Transfers.Doubtful(row) != (0, 0);

    private bool MayBeInTransfer(BalanceRow row, long difference)
    {
        if (state.Transfers.Live.IsEmpty)
        {
            return false;
        }

        (long less, long more) = state.Transfers.Doubtful(row);
        return difference >= -less && difference <= more;
    }

    private static bool IsOf(AccountState account, int connector) =>
        account.Connector == connector && !account.Exchange.IsMatchedHere;

    /// <summary>A halt is answered by a round that began after it, and in which none lived that has to end.</summary>
    private void AnswerHalt(AccountState account)
    {
        account.IsAskedSinceHalt |= !state.HasToEnd(account);
        if (!account.IsAskedSinceHalt)
        {
            AskIn(account, RetryNanos);
        }
    }

    /// <summary>An exchange that does not answer is asked ever more seldom: 1 s, 2 s, 4 s, up to 32 s.</summary>
    private static long PauseAfterIncomplete(AccountState account)
    {
        long pause = RetryNanos << account.RoundsIncomplete;
        account.RoundsIncomplete = Math.Min(account.RoundsIncomplete + 1, PauseDoublingsMax);
        return pause;
    }

    private void CheckIn(AccountState account, long nanos)
    {
        bool isSoon = account.RetryAtUnixNanos != 0 && account.RetryAtUnixNanos <= outbox.Now + nanos;
        if (account.Gate != AccountGate.Disconnected && !isSoon)
        {
            AskIn(account, nanos);
        }
    }

    private void AskIn(AccountState account, long nanos)
    {
        account.RetryAtUnixNanos = outbox.Now + nanos;
        state.NextRetryUnixNanos = Math.Min(state.NextRetryUnixNanos, account.RetryAtUnixNanos);
    }

    private void Close(AccountState account, GateReason reason)
    {
        account.RetryAtUnixNanos = 0;
        account.RoundsIncomplete = 0;
        SetGate(account, AccountGate.Disconnected, reason);
    }

    private bool TryMatch(
        AccountId id, long evidenceId, [NotNullWhen(true)] out AccountState? account)
    {
        account = state.FindAccount(id);
        return account is { Exchange.IsMatchedHere: false, Gate: not AccountGate.Disconnected }
            && account.EvidenceId == evidenceId;
    }

    private void SetGate(AccountState account, AccountGate gate, GateReason reason)
    {
        if (account.Gate == gate && gate != AccountGate.Reconciling)
        {
            return;
        }

        account.Gate = gate;
        account.GateReason = reason;
        state.DirtyAccounts.Add(account);
        outbox.Add(new AccountGateChanged
        {
            Header = outbox.Event<AccountGateChanged>(account),
            Gate = gate,
            Reason = reason,
            ReconciledUnixNanos = account.ReconciledAtUnixNanos,
        });
        if (gate != AccountGate.Disconnected)
        {
            LetGo(account);
        }
    }

    /// <summary>What waited for its price, saw it, and found the gate shut: its turn comes now.</summary>
    private void LetGo(AccountState account)
    {
        for (int slot = account.Live.First; slot != LiveOrders.None; slot = state.Orders[slot].NextLive)
        {
            ref readonly OrderState order = ref state.Orders[slot];
            if (order.IsHeld && order.Has(OrderMarks.Released))
            {
                state.Agenda.Add(Consequence.Fired, order.OrderId.Value);
            }
        }
    }
}
