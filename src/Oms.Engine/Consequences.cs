using Oms.Domain;
using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Engine.Halting;
using Oms.Engine.Holdings;
using Oms.Engine.Orders;
using Oms.Engine.Reconciliation;
using Oms.Engine.Risk;
using Oms.Engine.State;
using Oms.Engine.Transfers;

namespace Oms.Engine;

/// <summary>Acts on what is due, and on the agenda until nothing is left on it.</summary>
internal sealed class Consequences(
    EngineState state,
    Outbox outbox,
    Valuation valuation,
    Contingencies contingencies,
    EmergencyExit exit,
    Reductions reductions,
    Cancellation cancellation,
    Halts halts,
    EvidenceRounds rounds,
    TransferJudge transfers)
{
    /// <summary>
    /// Does what was to be done by now, before what happens now: an order whose time ran out trades with
    /// nobody any more.
    /// </summary>
    public void TakeDue()
    {
        if (state.NextValuationUnixNanos <= outbox.Now)
        {
            valuation.ValueWhatIsDue();
        }

        if (state.Expiries.IsDue(outbox.Now))
        {
            cancellation.EndWhatIsDue();
        }

        if (state.NextRetryUnixNanos <= outbox.Now)
        {
            rounds.RetryWhatIsDue();
        }

        if (state.Transfers.NextRetryUnixNanos <= outbox.Now)
        {
            transfers.TakeDue();
        }

        TakeAll();
    }

    public void TakeAll()
    {
        while (state.Agenda.TryTake(out Agenda.Item item))
        {
            Act(item.Consequence, item.Subject);
        }

        AskAfterHalts();
    }

    private void Act(Consequence consequence, long subject)
    {
        switch (consequence)
        {
            case Consequence.Filled:
                contingencies.Filled(new OrderId(subject));
                break;
            case Consequence.Ended:
                contingencies.Ended(new OrderId(subject));
                break;
            case Consequence.Fired:
                contingencies.Fired(new OrderId(subject));
                break;
            case Consequence.Unprotected:
                exit.CloseInstead(new OrderId(subject));
                break;
            case Consequence.PositionShrank:
                reductions.Trim(HoldingOf(subject));
                break;
            case Consequence.LossReached:
                StopLoss(state.Account(new AccountId((uint)subject)));
                break;
            case Consequence.MadeWay:
                exit.LookAgain(new OrderId(subject));
                break;
            default:
                Invariant.Holds(false);
                break;
        }
    }

    /// <summary>
    /// Several prices may have been valued one after the other: what was lost is known with the last of them.
    /// </summary>
    private void StopLoss(AccountState account)
    {
        if (account.HasLostTooMuch)
        {
            halts.Halt(account, HaltReason.LossLimit);
        }
    }

    private Holding HoldingOf(long subject)
    {
        Holding? holding = state.Holdings.Find(
            new AccountId((uint)(subject >> 32)), new InstrumentId((uint)(subject & uint.MaxValue)));
        Invariant.Holds(holding is not null);
        return holding;
    }

    /// <summary>A halt is confirmed by the exchange: it is asked once the cancels are on their way.</summary>
    private void AskAfterHalts()
    {
        if (halts.ToAsk.Count > 0)
        {
            foreach (AccountState account in halts.ToAsk)
            {
                rounds.Begin(account);
            }

            halts.ToAsk.Clear();
        }

        if (state.PendingHalts.Count > 0)
        {
            halts.ConfirmWhatIsDone();
        }
    }
}
