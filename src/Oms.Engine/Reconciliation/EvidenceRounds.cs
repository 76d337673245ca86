using System.Diagnostics.CodeAnalysis;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.State;

namespace Oms.Engine.Reconciliation;

/// <summary>
/// Opens and closes the gates of accounts. After each start of a connector and each loss of a private stream
/// an account may send no new order until a round of evidence is complete: every live order resolved,
/// balances seen.
/// </summary>
internal sealed class EvidenceRounds(
    EngineState state, Outbox outbox, OrderReports reports, ConnectorRequests requests)
{
    private const long RetryNanos = UnixNanos.PerSecond;

    public void Apply(in SessionStarted started)
    {
        ConnectorState connector = state.Connector(started.Connector);
        if (started.Session == connector.Session)
        {
            return;
        }

        connector.Session = started.Session;
        connector.IsSilent = false;
        foreach (AccountState account in AccountsOf(started.Connector))
        {
            account.IsStreamUp = false;
            Close(account, GateReason.ConnectorStarted);
        }

        foreach (int slot in state.Orders.LiveSlots())
        {
            if (state.Account(state.Orders[slot].AccountId).Definition.Connector == started.Connector)
            {
                LoseInFlight(slot);
            }
        }
    }

    /// <summary>
    /// A silent connector sends nothing: its accounts take no orders until it is heard again.
    /// </summary>
    public void Apply(in ConnectorChanged changed)
    {
        state.Connector(changed.Connector).IsSilent = changed.IsHeard == 0;
        foreach (AccountState account in AccountsOf(changed.Connector))
        {
            if (changed.IsHeard == 0)
            {
                Close(account, GateReason.ConnectorSilent);
            }
            else if (account.IsStreamUp)
            {
                SetGate(account, AccountGate.Reconciling, GateReason.ConnectorHeard);
                BeginRound(account);
            }
        }
    }

    public void Apply(in StreamChanged changed)
    {
        if (state.FindAccount(changed.Header.AccountId) is not { } account
            || state.Connector(account.Definition.Connector).Session != changed.Session)
        {
            return;
        }

        account.IsStreamUp = changed.State == StreamState.Up;
        if (account.IsStreamUp)
        {
            SetGate(account, AccountGate.Reconciling, GateReason.StreamUp);
            BeginRound(account);
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
            account.DoBalancesDiffer = false;
        }
    }

    public void Apply(in BalanceSeen seen)
    {
        if (!TryMatch(seen.Header.AccountId, seen.EvidenceId, out AccountState? account)
            || !state.IsDefined(seen.AssetId))
        {
            return;
        }

        BalanceRow row = state.Ledger.Row(seen.Header.AccountId, seen.Market, seen.AssetId);
        long total = seen.Free + seen.Locked;
        if (!row.IsOpened)
        {
            row.IsOpened = true;
            row.Total = total;
            reports.ReportBalance(row, BalanceChange.Opening, OrderId.None);
        }
        else
        {
            Compare(row, total - row.Total, account);
        }
    }

    public void Apply(in EvidenceEnd end)
    {
        if (!TryMatch(end.Header.AccountId, end.EvidenceId, out AccountState? account))
        {
            return;
        }

        if (end.Complete == 1 && !account.DoBalancesDiffer)
        {
            SetGate(account, AccountGate.Ready, GateReason.EvidenceComplete);
            return;
        }

        SetGate(
            account,
            AccountGate.Reconciling,
            end.Complete == 1 ? GateReason.BalancesDiffer : GateReason.EvidenceIncomplete);
        account.RetryAtUnixNanos = outbox.Now + RetryNanos;
    }

    /// <summary>Begins the rounds that were incomplete a while ago.</summary>
    public void RetryWhatIsDue()
    {
        foreach (AccountState account in state.Accounts)
        {
            if (account.RetryAtUnixNanos != 0 && account.RetryAtUnixNanos <= outbox.Now)
            {
                BeginRound(account);
            }
        }
    }

    /// <summary>
    /// What the earlier session had not acknowledged may or may not have left. A cancel is asked for again
    /// when the exchange shows the order: sent twice it does no harm, lost it does.
    /// </summary>
    private void LoseInFlight(int slot)
    {
        ref OrderState order = ref state.Orders[slot];
        order.IsCancelWanted |= order.Status == OrderStatus.PendingCancel;
        if (!order.IsAcknowledged && reports.Advance(slot, OrderEvent.OutcomeUnknown))
        {
            reports.Report(slot, ExecutionType.Unknown);
        }
    }

    /// <summary>
    /// A difference is adopted when no fill can be why: with no order live, or when the next round, which
    /// first resolved every live order, finds the same one. Otherwise the account is asked again.
    /// </summary>
    private void Compare(BalanceRow row, long difference, AccountState account)
    {
        bool isSettled = !account.FilledSinceRoundBegan
            && (account.LiveOrders == 0 || row.Difference == difference);
        row.Difference = isSettled ? 0 : difference;
        if (difference == 0)
        {
            return;
        }

        if (isSettled)
        {
            row.Total += difference;
            reports.ReportBalance(row, BalanceChange.Adjusted, OrderId.None);
        }
        else
        {
            account.DoBalancesDiffer = true;
        }
    }

    private IEnumerable<AccountState> AccountsOf(int connector) =>
        state.Accounts.Where(account => account.Definition.Connector == connector);

    private void Close(AccountState account, GateReason reason)
    {
        account.RetryAtUnixNanos = 0;
        SetGate(account, AccountGate.Disconnected, reason);
    }

    private void BeginRound(AccountState account)
    {
        AccountId id = account.Definition.Header.AccountId;
        account.RetryAtUnixNanos = 0;
        account.EvidenceId = ++state.EvidenceId;
        foreach (int slot in state.Orders.LiveSlots())
        {
            if (state.Orders[slot].AccountId == id)
            {
                requests.Resolve(in state.Orders[slot], account.EvidenceId);
            }
        }

        requests.GatherEvidence(id, account.EvidenceId);
    }

    private bool TryMatch(
        AccountId id, long evidenceId, [NotNullWhen(true)] out AccountState? account)
    {
        account = state.FindAccount(id);
        return account is not null
            && account.Gate != AccountGate.Disconnected
            && account.EvidenceId == evidenceId;
    }

    private void SetGate(AccountState account, AccountGate gate, GateReason reason)
    {
        if (account.Gate == gate && gate != AccountGate.Reconciling)
        {
            return;
        }

        account.Gate = gate;
        outbox.Add(new AccountGateChanged
        {
            Header = outbox.Event<AccountGateChanged>(account),
            Gate = gate,
            Reason = reason,
        });
    }
}
