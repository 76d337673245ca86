using Oms.Domain;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Transfers;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.State;

namespace Oms.Engine.Transfers;

/// <summary>
/// Books the legs of transfers, each once and in order. A leg that adds proves the one that takes away. Between the two
/// the amount is in transit: shown in the row that it left, and nobody's to spend.
/// </summary>
internal sealed class TransferBooking(
    EngineState state, Outbox outbox, TransferReports transfers, OrderReports reports, CostBasis basis)
{
    public BalanceRow RowOf(int slot, int leg)
    {
        ref readonly TransferState transfer = ref state.Transfers[slot];
        AssetState? asset = state.FindAsset(transfer.AssetId);
        Invariant.Holds(asset is not null);
        return state.Ledger.Row(state.Account(transfer.AccountOf(leg)), transfer.WalletOf(leg), asset);
    }

    /// <summary>Books every leg up to this one that is not booked yet.</summary>
    public void BookThrough(int slot, int leg)
    {
        ref TransferState transfer = ref state.Transfers[slot];
        Invariant.Holds(leg <= transfer.FirstLeg + 1);
        bool isAnyNew = transfer.LegsBooked <= leg;
        while (transfer.LegsBooked <= leg)
        {
            int next = transfer.LegsBooked++;
            transfer.BookedUnixNanos = outbox.Now;
            if (next % 2 == 0)
            {
                Debit(slot, next);
            }
            else
            {
                Credit(slot, next);
            }
        }

        if (isAnyNew)
        {
            NoteMoved(in transfer);
        }
    }

    /// <summary>
    /// Books the hop under way, which history has as done. A round that began before may have balances from before it,
    /// which nothing explains from now on.
    /// </summary>
    public void Confirm(int slot)
    {
        ref TransferState transfer = ref state.Transfers[slot];
        BookThrough(slot, transfer.FirstLeg + 1);
        NoteMoved(in transfer);
        RowOf(slot, transfer.FirstLeg).Account.FilledSinceRoundBegan = true;
        RowOf(slot, transfer.FirstLeg + 1).Account.FilledSinceRoundBegan = true;
    }

    /// <summary>Books the whole transfer: nobody else has a say in it.</summary>
    public void BookAll(int slot)
    {
        ref TransferState transfer = ref state.Transfers[slot];
        transfer.Marks = TransferMarks.Acknowledged | TransferMarks.Confirmed;
        BookThrough(slot, leg: 1);
        if (!transfer.IsFinal)
        {
            transfer.Hop++;
            BookThrough(slot, leg: 3);
        }
    }

    /// <summary>Gives back what is reserved for the hop under way, of which no leg is booked.</summary>
    public void Release(int slot)
    {
        ref TransferState transfer = ref state.Transfers[slot];
        Invariant.Holds(transfer.IsHopUntouched);
        BalanceRow row = RowOf(slot, transfer.FirstLeg);
        state.Ledger.Reserve(row, -transfer.Amount);
        basis.Give(in transfer, transfer.FromAccountId);
        reports.ReportBalance(row, BalanceChange.TransferReversed, OrderId.None);
    }

    /// <summary>Takes back the legs of the hop under way that are booked.</summary>
    public void Reverse(int slot)
    {
        ref TransferState transfer = ref state.Transfers[slot];
        Invariant.Holds(!transfer.IsHopUntouched);
        BalanceRow source = RowOf(slot, transfer.FirstLeg);
        bool isCredited = transfer.LegsBooked > transfer.FirstLeg + 1;
        if (isCredited)
        {
            BalanceRow target = RowOf(slot, transfer.FirstLeg + 1);
            state.Ledger.Recall(target, source, transfer.Amount, isReserved: !transfer.IsLastHop);
            if (transfer.IsLastHop)
            {
                basis.TakeBack(ref transfer);
            }

            reports.ReportBalance(target, BalanceChange.TransferReversed, OrderId.None);
        }
        else
        {
            state.Ledger.Return(source, transfer.Amount);
        }

        transfer.LegsBooked = (byte)transfer.FirstLeg;
        basis.Give(in transfer, transfer.FromAccountId);
        reports.ReportBalance(source, BalanceChange.TransferReversed, OrderId.None);
    }

    private void NoteMoved(in TransferState transfer)
    {
        state.Account(transfer.FromAccountId).TransferredAtUnixNanos = outbox.Now;
        state.Account(transfer.ToAccountId).TransferredAtUnixNanos = outbox.Now;
    }

    private void Debit(int slot, int leg)
    {
        ref TransferState transfer = ref state.Transfers[slot];
        BalanceRow row = RowOf(slot, leg);
        state.Ledger.Depart(row, transfer.Amount);
        row.Account.FilledSinceRoundBegan = true;
        if (leg == 0)
        {
            basis.Take(ref transfer);
        }

        transfers.Advance(slot, TransferStep.Debited, leg);
        reports.ReportBalance(row, BalanceChange.TransferredOut, OrderId.None);
    }

    private void Credit(int slot, int leg)
    {
        ref TransferState transfer = ref state.Transfers[slot];
        BalanceRow source = RowOf(slot, leg - 1);
        BalanceRow row = RowOf(slot, leg);
        state.Ledger.Arrive(source, row, transfer.Amount);
        row.Account.FilledSinceRoundBegan = true;
        if (transfer.IsLastHop)
        {
            basis.Give(in transfer, transfer.ToAccountId);
        }
        else
        {
            // On its way through: the next hop takes it.
            state.Ledger.Reserve(row, transfer.Amount);
        }

        transfers.Advance(slot, TransferStep.Credited, leg);
        reports.ReportBalance(source, BalanceChange.TransferredOut, OrderId.None);
        reports.ReportBalance(row, BalanceChange.TransferredIn, OrderId.None);
    }
}
