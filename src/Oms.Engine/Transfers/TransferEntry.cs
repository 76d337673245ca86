using Oms.Domain.Accounts;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Transfers;
using Oms.Engine.Ledgers;
using Oms.Engine.Risk;
using Oms.Engine.State;

namespace Oms.Engine.Transfers;

/// <summary>
/// Takes in transfers: climbs the ladder of refusals, numbers and holds them, reserves the amount, and asks the
/// exchange. Between accounts of what is matched here nobody is asked: they are booked at once.
/// </summary>
internal sealed class TransferEntry(
    EngineState state,
    TransferReports reports,
    TransferRequests requests,
    TransferBooking booking,
    Valuation valuation)
{
    public void Apply(in StartTransfer start)
    {
        if (state.Transfers.TryFind(start.ClientTransferId, out int known))
        {
            Answer(known, in start);
            return;
        }

        RejectReason reason = Check(
            in start, state.FindAccount(start.Header.AccountId), state.FindAccount(start.ToAccountId),
            state.FindAsset(start.AssetId));
        if (reason != RejectReason.None)
        {
            reports.ReportRefused(in start, reason);
            return;
        }

        int slot = Hold(in start);
        BalanceRow from = booking.RowOf(slot, leg: 0);
        OpenRows(slot);
        state.Ledger.Reserve(from, start.Amount);
        reports.Advance(slot, TransferStep.Accepted, correlationId: start.CorrelationId);
        if (from.Account.Exchange.IsMatchedHere)
        {
            booking.BookAll(slot);
        }
        else
        {
            requests.Submit(slot);
        }
    }

    /// <summary>Of accounts whose evidence is complete, a row that no evidence named holds nothing.</summary>
    private void OpenRows(int slot)
    {
        for (int leg = 1; leg < state.Transfers[slot].HopCount * 2; leg++)
        {
            booking.RowOf(slot, leg).IsOpened = true;
        }
    }

    /// <summary>A repeated command is told how its transfer stands.</summary>
    private void Answer(int slot, in StartTransfer start)
    {
        ref readonly TransferState transfer = ref state.Transfers[slot];
        bool isSame = transfer.FromAccountId == start.Header.AccountId
            && transfer.ToAccountId == start.ToAccountId
            && transfer.AssetId == start.AssetId
            && transfer.FromWallet == start.FromWallet
            && transfer.ToWallet == start.ToWallet
            && transfer.Amount == start.Amount;
        if (isSame)
        {
            reports.Advance(slot, TransferStep.Restated, correlationId: start.CorrelationId);
        }
        else
        {
            reports.ReportRefused(in start, RejectReason.DuplicateClientTransferId);
        }
    }

    private int Hold(in StartTransfer start) => state.Transfers.Add(new()
    {
        TransferId = TransferId.Of(state.Shard, state.Epoch, ++state.Transfers.Number),
        FromAccountId = start.Header.AccountId,
        ToAccountId = start.ToAccountId,
        AssetId = start.AssetId,
        FromWallet = start.FromWallet,
        ToWallet = start.ToWallet,
        Hop = 1,
        Amount = start.Amount,
        ClientTransferId = start.ClientTransferId,
        IntentUnixNanos = start.IntentUnixNanos,
    });

    private RejectReason Check(in StartTransfer start, AccountState? from, AccountState? to, AssetState? asset)
    {
        if (from is null || to is null) return RejectReason.AccountUnknown;
        if (asset is null) return RejectReason.AssetUnknown;
        if (start.Amount <= 0 || !Amounts.IsAmount(start.Amount)) return RejectReason.AmountNotPositive;
        if (from.Exchange != to.Exchange) return RejectReason.TransferNotPossible;
        if (from == to && start.FromWallet == start.ToWallet) return RejectReason.TransferNotPossible;
        if (!HasWallet(from, start.FromWallet)) return RejectReason.TransferNotPossible;
        if (!HasWallet(to, start.ToWallet)) return RejectReason.TransferNotPossible;
        if (start.IntentUnixNanos <= state.Transfers.ForgottenIntentUnixNanos) return RejectReason.TransferTooOld;
        if (state.Epoch == 0 || !state.Transfers.HasRoom) return RejectReason.TransferStoreFull;
        if (state.IsLogBehind) return RejectReason.LogBehind;
        if (state.IsHalted(from)) return RejectReason.Halted;
        if (!IsReady(from) || !IsReady(to)) return RejectReason.AccountNotReady;
        if (state.Ledger.TryRow(from, Market.Spot, asset) is null) return RejectReason.TransferStoreFull;
        if (state.Ledger.TryRow(from, start.FromWallet, asset) is not { } source) return RejectReason.TransferStoreFull;
        if (state.Ledger.TryRow(to, start.ToWallet, asset) is not { } target) return RejectReason.TransferStoreFull;
        if (!source.IsOpened || source.Free < start.Amount) return RejectReason.InsufficientBalance;
        if (!HasRoom(source, target, start.Amount)) return RejectReason.TransferStoreFull;
        return from == to ? RejectReason.None : CheckBalanceLimit(to, asset, start.Amount);
    }

    /// <summary>Every account has a spot wallet, whether it trades there or not.</summary>
    private static bool HasWallet(AccountState account, Market wallet) => wallet switch
    {
        Market.Spot => true,
        Market.Futures => (account.Definition.Markets & MarketFlags.Futures) != 0,
        _ => false,
    };

    private static bool IsReady(AccountState account) =>
        account.Exchange.IsMatchedHere || account.Gate == AccountGate.Ready;

    /// <summary>Whether all that may come to both rows leaves their sums within 64 bits.</summary>
    private bool HasRoom(BalanceRow source, BalanceRow target, long amount)
    {
        Int128 leaving = (Int128)state.Transfers.Pending(source, isCredit: false) + source.InTransit + amount;
        Int128 coming = (Int128)state.Transfers.Pending(target, isCredit: true) + target.Total + amount;
        return leaving <= Amounts.SumMax && coming <= Amounts.SumMax;
    }

    /// <summary><c>max_balance_usdt</c> of the account that gets it.</summary>
    private RejectReason CheckBalanceLimit(AccountState to, AssetState asset, long amount)
    {
        long max = to.LimitsRef.BalanceValueMax;
        if (max == 0) return RejectReason.None;
        if (!valuation.TryValueBalances(to, out Int128 held)) return RejectReason.ValuationMissing;
        if (!valuation.TryValue(asset, amount, out long more)) return RejectReason.ValuationMissing;
        return held + more > max ? RejectReason.BalanceValueAboveLimit : RejectReason.None;
    }
}
