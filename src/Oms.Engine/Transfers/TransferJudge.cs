using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Domain.Transfers;
using Oms.Engine.Reconciliation;
using Oms.Engine.State;

namespace Oms.Engine.Transfers;

/// <summary>
/// Judges what the exchange says of transfers. A leg is booked on the first of its two evidences, the balance event of
/// its account or the exchange's transfer history. An event names no transfer, and may come twice: history has the last
/// word on every hop. A request of unknown outcome is never called refused: history is asked, and only when it does not
/// have the request is the exchange asked again, under the same id, which it takes once.
/// </summary>
internal sealed class TransferJudge(
    EngineState state,
    Outbox outbox,
    TransferReports reports,
    TransferRequests requests,
    TransferBooking booking,
    EvidenceRounds rounds)
{
    private const int AsksMax = 8;

    /// <summary>After this long no request that left can arrive any more.</summary>
    private const long ArrivalMaxNanos = 15 * UnixNanos.PerSecond;

    /// <summary>How long the event of a leg is waited for that history had first.</summary>
    private const long EventDelayMaxNanos = 60 * UnixNanos.PerSecond;

    public void Apply(in TransferSeen seen)
    {
        if (!TryFind(seen.TransferId, seen.Hop, out int slot))
        {
            return;
        }

        ref TransferState transfer = ref state.Transfers[slot];
        transfer.ExchangeTransferId =
            seen.ExchangeTransferId != 0 ? seen.ExchangeTransferId : transfer.ExchangeTransferId;
        if (seen.Evidence == TransferEvidence.Failed)
        {
            Deny(slot, RejectReason.ExchangeRefused, exchangeErrorCode: 0);
        }
        else if (transfer.Status is TransferStatus.Rejected or TransferStatus.Stranded)
        {
            // It took place after all: the accounts' balances will say it.
            LookAtAccounts(in transfer);
        }
        else
        {
            Acknowledge(slot, isDone: seen.Evidence == TransferEvidence.Done);
        }
    }

    public void Apply(in TransferRefused refused)
    {
        if (!TryFindLive(refused.TransferId, refused.Hop, out int slot)
            || state.Transfers[slot].Has(TransferMarks.Acknowledged))
        {
            return;
        }

        ref TransferState transfer = ref state.Transfers[slot];
        bool isForNow = refused.Reason is RejectReason.ExchangeRateLimited or RejectReason.ExchangeOverloaded
            or RejectReason.ExchangeClockOutsideWindow;
        if (isForNow && transfer.Asks < AsksMax)
        {
            transfer.Marks |= TransferMarks.ToAskAgain;
            requests.PauseThenResolve(slot);
        }
        else if (transfer.Asks > 1)
        {
            // An earlier request may be what stands in the way of this one.
            transfer.RefusedReason = refused.Reason;
            Doubt(slot);
        }
        else
        {
            Deny(slot, refused.Reason, refused.ExchangeErrorCode);
        }
    }

    public void Apply(in TransferOutcomeUnknown unknown)
    {
        if (TryFindLive(unknown.TransferId, unknown.Hop, out int slot))
        {
            Doubt(slot);
        }
    }

    public void Apply(in TransferAbsent absent)
    {
        if (!TryFindLive(absent.TransferId, absent.Hop, out int slot))
        {
            return;
        }

        ref TransferState transfer = ref state.Transfers[slot];
        if (!transfer.Has(TransferMarks.Doubted))
        {
            return;
        }

        // Between two runs the wall clock may have been put forward: only what passed in this one is known to have.
        bool mayStillArrive =
            outbox.Now < Math.Max(transfer.AskedUnixNanos, state.StartedUnixNanos) + ArrivalMaxNanos;
        bool isToBeAsked = transfer.IsHopUntouched
            && transfer.RefusedReason == RejectReason.None
            && transfer.Asks < AsksMax;
        if (isToBeAsked)
        {
            AskAgain(slot);
        }
        else if (!mayStillArrive)
        {
            Deny(
                slot,
                transfer.RefusedReason == RejectReason.None
                    ? RejectReason.NeverReachedExchange
                    : transfer.RefusedReason,
                exchangeErrorCode: 0);
        }
    }

    /// <summary>
    /// Finds the leg that an event is of. Where several transfers may be meant, or the event may be a repetition, none
    /// is guessed: history is asked. What no transfer explains, a round of evidence does.
    /// </summary>
    public void Apply(in BalanceMoved moved)
    {
        if (state.FindAccount(moved.Header.AccountId) is not { Exchange.IsMatchedHere: false } account
            || moved.Amount == 0
            || !Amounts.IsAmount(moved.Amount))
        {
            return;
        }

        if (TryFindBooked(in moved, isSeen: false, out int known, out int knownLeg))
        {
            state.Transfers[known].LegsSeen |= (byte)(1 << knownLeg);
            return;
        }

        int candidates = CountWaiting(in moved, isAsking: false, out int slot, out int leg);
        bool mayBeRepeated = candidates > 0 && TryFindBooked(in moved, isSeen: true, out _, out _);
        if (candidates == 1 && !mayBeRepeated)
        {
            state.Transfers[slot].LegsSeen |= (byte)(1 << leg);
            booking.BookThrough(slot, leg);
            AskOnTheWay(slot);
        }
        else if (candidates > 0)
        {
            _ = CountWaiting(in moved, isAsking: true, out _, out _);
        }
        else if (account.Gate != AccountGate.Disconnected)
        {
            rounds.Begin(account);
        }
    }

    /// <summary>The connector started anew: what it had not answered may or may not have left.</summary>
    public void LoseInFlight(int connector)
    {
        for (int index = 0; index < state.Transfers.Live.Length; index++)
        {
            int slot = state.Transfers.Live[index];
            ref readonly TransferState transfer = ref state.Transfers[slot];
            bool isInFlight = state.Account(transfer.FromAccountId).Definition.Connector == connector
                && !transfer.Has(TransferMarks.Acknowledged | TransferMarks.ToAskAgain);
            if (isInFlight)
            {
                Doubt(slot);
            }
        }
    }

    /// <summary>Asks for what is due, or asks history what became of it.</summary>
    public void TakeDue()
    {
        state.Transfers.NextRetryUnixNanos = long.MaxValue;
        for (int index = 0; index < state.Transfers.Live.Length; index++)
        {
            int slot = state.Transfers.Live[index];
            ref readonly TransferState transfer = ref state.Transfers[slot];
            if (transfer.RetryAtUnixNanos == 0 || transfer.RetryAtUnixNanos > outbox.Now)
            {
                state.Transfers.RetryAt(slot, transfer.RetryAtUnixNanos);
            }
            else if (!requests.CanAsk(in transfer))
            {
                requests.PauseThenResolve(slot);
            }
            else if (!transfer.Has(TransferMarks.ToAskAgain))
            {
                requests.Resolve(slot);
            }
            else if (transfer.IsHopUntouched)
            {
                AskAgain(slot);
            }
            else
            {
                // A balance moved meanwhile as it would have: an earlier request may have been taken after all.
                Doubt(slot);
            }
        }
    }

    private void Acknowledge(int slot, bool isDone)
    {
        ref TransferState transfer = ref state.Transfers[slot];
        bool wasSettled = transfer.IsSettled;
        TransferMarks confirmed = isDone ? TransferMarks.Confirmed : transfer.Marks & TransferMarks.Confirmed;
        bool isNew = confirmed != TransferMarks.None && !transfer.Has(TransferMarks.Confirmed);
        transfer.Marks = TransferMarks.Acknowledged | confirmed;
        if (transfer.IsSettled && !wasSettled)
        {
            state.Transfers.MarkSettled(slot);
        }

        if (isNew)
        {
            booking.Confirm(slot);
        }

        if (!transfer.IsSettled && !Forward(slot))
        {
            requests.PauseThenResolve(slot);
            AskOnTheWay(slot);
        }
    }

    /// <summary>What waits in the wallet between goes on once history has it there: that is asked at once.</summary>
    private void AskOnTheWay(int slot)
    {
        ref readonly TransferState transfer = ref state.Transfers[slot];
        bool isThere = !transfer.IsLastHop && transfer.LegsBooked > transfer.FirstLeg + 1;
        if (isThere && transfer.Has(TransferMarks.Acknowledged) && transfer.Queries == 0)
        {
            state.Transfers.RetryAt(slot, outbox.Now);
        }
    }

    /// <summary>Asks for the next hop once this one took place, and the exchange can no longer deny it.</summary>
    private bool Forward(int slot)
    {
        ref TransferState transfer = ref state.Transfers[slot];
        bool isThrough = !transfer.IsFinal && !transfer.IsLastHop && transfer.Has(TransferMarks.Confirmed);
        if (isThrough)
        {
            transfer.Hop++;
            (transfer.Asks, transfer.Queries, transfer.RefusedReason) = (0, 0, RejectReason.None);
            reports.Advance(slot, TransferStep.Forwarded);
            requests.Submit(slot);
        }

        return isThrough;
    }

    private void AskAgain(int slot)
    {
        reports.Advance(slot, TransferStep.AskedAgain);
        requests.Submit(slot);
    }

    private void Doubt(int slot)
    {
        ref TransferState transfer = ref state.Transfers[slot];
        if (transfer.Has(TransferMarks.Acknowledged))
        {
            return;
        }

        bool isNew = !transfer.Has(TransferMarks.Doubted);
        transfer.Marks = TransferMarks.Doubted;
        if (isNew)
        {
            reports.Advance(slot, TransferStep.Doubted);
        }

        state.Transfers.RetryAt(slot, outbox.Now);
    }

    private void Deny(int slot, RejectReason reason, int exchangeErrorCode)
    {
        ref TransferState transfer = ref state.Transfers[slot];
        if (transfer.Status is TransferStatus.Rejected or TransferStatus.Stranded)
        {
            return;
        }

        bool wasBooked = !transfer.IsHopUntouched;
        if (wasBooked)
        {
            booking.Reverse(slot);
        }
        else
        {
            booking.Release(slot);
        }

        reports.Advance(
            slot, wasBooked ? TransferStep.Reversed : TransferStep.Refused, leg: -1, reason, exchangeErrorCode);
        if (wasBooked)
        {
            LookAtAccounts(in transfer);
        }
    }

    /// <summary>Has the accounts of a transfer say what they hold.</summary>
    private void LookAtAccounts(in TransferState transfer)
    {
        AccountState from = state.Account(transfer.FromAccountId);
        AccountState to = state.Account(transfer.ToAccountId);
        if (from.Gate != AccountGate.Disconnected)
        {
            rounds.Begin(from);
        }

        if (to != from && to.Gate != AccountGate.Disconnected)
        {
            rounds.Begin(to);
        }
    }

    private bool TryFind(TransferId id, int hop, out int slot) =>
        state.Transfers.TryFind(id, out slot) && state.Transfers[slot].Hop == hop;

    private bool TryFindLive(TransferId id, int hop, out int slot) =>
        TryFind(id, hop, out slot) && !state.Transfers[slot].IsSettled;

    /// <summary>A booked leg that an event is of.</summary>
    /// <param name="isSeen">
    /// False: history had it first, and this may be its event. True: its event came, and this may be the same.
    /// </param>
    private bool TryFindBooked(in BalanceMoved moved, bool isSeen, out int slot, out int leg)
    {
        foreach (int settled in state.Transfers.Settled)
        {
            bool isRecent = outbox.Now < state.Transfers[settled].BookedUnixNanos + EventDelayMaxNanos;
            if (isRecent && TryMatch(settled, in moved, isBooked: true, isSeen, out leg))
            {
                slot = settled;
                return true;
            }
        }

        foreach (int live in state.Transfers.Live)
        {
            if (TryMatch(live, in moved, isBooked: true, isSeen, out leg))
            {
                slot = live;
                return true;
            }
        }

        (slot, leg) = (-1, -1);
        return false;
    }

    /// <summary>The transfers whose leg may be the one that an event is of, and the last of them.</summary>
    /// <param name="isAsking">Whether history is asked of each.</param>
    private int CountWaiting(in BalanceMoved moved, bool isAsking, out int slot, out int leg)
    {
        (int count, slot, leg) = (0, -1, -1);
        foreach (int live in state.Transfers.Live)
        {
            if (TryMatch(live, in moved, isBooked: false, isSeen: false, out int found))
            {
                (count, slot, leg) = (count + 1, live, found);
                if (isAsking && state.Transfers[live].RetryAtUnixNanos != 0)
                {
                    state.Transfers.RetryAt(live, outbox.Now);
                }
            }
        }

        return count;
    }

    /// <summary>Whether an event is of a leg whose event came already, or did not yet.</summary>
    private bool TryMatch(int slot, in BalanceMoved moved, bool isBooked, bool isSeen, out int leg)
    {
        ref readonly TransferState transfer = ref state.Transfers[slot];
        leg = -1;
        if (transfer.AssetId != moved.AssetId || transfer.Amount != Math.Abs(moved.Amount))
        {
            return false;
        }

        int first = isBooked ? 0 : transfer.LegsBooked;
        int end = isBooked ? transfer.LegsBooked : transfer.FirstLeg + 2;
        for (int candidate = first; candidate < end; candidate++)
        {
            bool isMeant = transfer.IsSeen(candidate) == isSeen
                && candidate % 2 == (moved.Amount > 0 ? 1 : 0)
                && transfer.AccountOf(candidate) == moved.Header.AccountId
                && transfer.WalletOf(candidate) == moved.Market;
            if (isMeant)
            {
                leg = candidate;
                return true;
            }
        }

        return false;
    }
}
