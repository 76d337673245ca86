using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Orders;
using Oms.Engine.State;

namespace Oms.Engine.Risk;

/// <summary>
/// The rungs of the ladder that are somebody's limits: of an order, an instrument, an account, a group, the
/// firm. Orders that only make a position smaller do not climb them.
/// </summary>
internal sealed class LimitLadder(EngineState state, Valuation valuation, Outbox outbox)
{
    private const int LeverageUnit = 100;

    /// <summary>Climbs the limits with a new order.</summary>
    /// <param name="amount">What it may trade, as an amount of the base asset.</param>
    /// <param name="ordersHeld">1 where it is one of the account's live orders already.</param>
    public RejectReason Check(
        Holding holding, in OrderTerms terms, long amount, long reservePrice, int ordersHeld)
    {
        AccountState account = holding.Account;
        ref readonly LimitsDefined limits = ref account.LimitsRef;
        RejectReason ofSize = CheckSize(holding, in terms, amount, reservePrice);
        if (ofSize != RejectReason.None) return ofSize;
        if (!HasRoomFor(account, 1 - ordersHeld)) return RejectReason.OpenOrdersAboveLimit;
        if (account.Rate.IsUsedUp(outbox.Now, limits.OrderWindowNanos)) return RejectReason.OrderRateAboveLimit;
        if (limits.DuplicateWindowNanos > 0 && account.Recent.Has(holding.Instrument.Id, in terms, outbox.Now - limits.DuplicateWindowNanos)) return RejectReason.DuplicateOrder;
        return CheckLoss(account);
    }

    /// <summary>Climbs the limits with a change of a live order.</summary>
    /// <param name="open">What is open of it once it is changed.</param>
    /// <param name="more">What it may trade more than before, as an amount of the base asset.</param>
    public RejectReason CheckChange(
        Holding holding, in OrderState order, in OrderTerms open, long more, long reservePrice)
    {
        InstrumentState instrument = holding.Instrument;
        bool isDearer = instrument.NotionalRoundedUp(reservePrice, open.Quantity)
            > instrument.NotionalRoundedUp(order.ReservePrice, order.LeavesQuantity);
        if (more == 0 && !isDearer) return RejectReason.None;
        if (state.IsLogBehind) return RejectReason.LogBehind;
        RejectReason ofSize = CheckSize(holding, in open, more, reservePrice);
        return ofSize != RejectReason.None ? ofSize : CheckLoss(holding.Account);
    }

    /// <summary>Whether an account may have that many more live orders.</summary>
    public bool HasRoomFor(AccountState account, int orders)
    {
        ref readonly LimitsDefined limits = ref account.LimitsRef;
        int max = limits.OpenOrdersMax > 0 ? limits.OpenOrdersMax : state.Limits.OpenOrdersPerAccountMax;
        return account.Live.Count + orders <= max;
    }

    /// <summary>Counts an accepted order for the limits over time.</summary>
    public void Note(Holding holding, in OrderTerms terms)
    {
        holding.Account.Rate.Note(outbox.Now);
        if (holding.Account.LimitsRef.DuplicateWindowNanos > 0)
        {
            holding.Account.Recent.Note(holding.Instrument.Id, in terms, outbox.Now);
        }
    }

    /// <summary>How large a position may be, alone and with all others.</summary>
    /// <param name="buys">What another order may buy, as an amount of the base asset.</param>
    /// <param name="sells">What another order may sell, likewise.</param>
    public RejectReason CheckPosition(Holding holding, long buys = 0, long sells = 0)
    {
        ref readonly LimitsDefined limits = ref holding.Account.LimitsRef;
        ref readonly LimitsDefined own = ref holding.LimitsRef;
        bool hasValueLimit = HasValueLimit(holding.Account, in limits, in own);
        long quantityMax = own.PositionQuantityMax;
        if (quantityMax <= 0 && !hasValueLimit) return RejectReason.None;
        long atWorst = holding.QuantityAtWorst(buys, sells);
        if (quantityMax > 0 && atWorst > holding.Instrument.BaseAmountOf(quantityMax)) return RejectReason.PositionAboveLimit;
        return hasValueLimit ? CheckValue(holding, atWorst) : RejectReason.None;
    }

    private static RejectReason CheckLoss(AccountState account)
    {
        ref readonly LimitsDefined limits = ref account.LimitsRef;
        if (limits.LossMax <= 0) return RejectReason.None;
        if (account.IsProfitAndLossUnknown || account.UnvaluedHoldings > 0) return RejectReason.ValuationMissing;
        return account.HasLostTooMuch ? RejectReason.LossAboveLimit : RejectReason.None;
    }

    /// <summary>How large an order may be, alone and with all that is there.</summary>
    public RejectReason CheckSize(Holding holding, in OrderTerms terms, long amount, long reservePrice)
    {
        InstrumentState instrument = holding.Instrument;
        AccountState account = holding.Account;
        ref readonly LimitsDefined limits = ref account.LimitsRef;
        ref readonly LimitsDefined own = ref holding.LimitsRef;
        long notional = instrument.NotionalRoundedUp(reservePrice, terms.Quantity);
        if (notional > state.Limits.OrderNotionalMax) return RejectReason.NotionalAboveLimit;
        if (IsAbove(notional, limits.OrderNotionalMax)) return RejectReason.NotionalAboveLimit;
        if (IsAbove(notional, own.OrderNotionalMax)) return RejectReason.NotionalAboveLimit;
        if (IsAbove(terms.Quantity, own.OrderQuantityMax)) return RejectReason.QuantityAboveLimit;
        return terms.IsBuy ? CheckPosition(holding, buys: amount) : CheckPosition(holding, sells: amount);
    }

    /// <summary>The limits in the valuation asset.</summary>
    private RejectReason CheckValue(Holding holding, long atWorst)
    {
        AccountState account = holding.Account;
        ref readonly LimitsDefined limits = ref account.LimitsRef;
        if (account.UnvaluedHoldings > 0 || IsUnvalued(account.Group) || IsUnvalued(state.Firm)) return RejectReason.ValuationMissing;
        if (!valuation.TryValueBase(holding.Instrument, atWorst, out long value)) return RejectReason.ValuationMissing;
        long more = value - holding.Value;
        long ownMax = holding.LimitsRef.PositionValueMax;
        if (ownMax > 0 && value > ownMax) return RejectReason.PositionValueAboveLimit;
        if (limits.PositionValueMax > 0 && account.Value + more > limits.PositionValueMax) return RejectReason.PositionValueAboveLimit;
        if (IsAbove(account.Group, more)) return RejectReason.GroupValueAboveLimit;
        if (IsAbove(state.Firm, more)) return RejectReason.FirmValueAboveLimit;
        if (limits.BalanceValueMax == 0 && limits.LeverageMax == 0) return RejectReason.None;
        if (!valuation.TryValueBalances(account, out Int128 held)) return RejectReason.ValuationMissing;
        if (limits.BalanceValueMax > 0 && held > limits.BalanceValueMax) return RejectReason.BalanceValueAboveLimit;
        if (!holding.Instrument.IsFutures || limits.LeverageMax == 0) return RejectReason.None;
        Int128 futures = account.FuturesValue + more;
        if (futures * LeverageUnit > valuation.FuturesEquity(account) * limits.LeverageMax) return RejectReason.LeverageAboveLimit;
        return RejectReason.None;
    }

    private bool HasValueLimit(AccountState account, in LimitsDefined limits, in LimitsDefined own) =>
        (limits.PositionValueMax | limits.BalanceValueMax | (long)limits.LeverageMax | own.PositionValueMax
            | state.Firm.LimitsRef.PositionValueMax | (account.Group?.LimitsRef.PositionValueMax ?? 0)) != 0;

    /// <summary>Whether it is not known how much of a limit is used, by whichever of the accounts.</summary>
    private static bool IsUnvalued(GroupState? group) =>
        group is { LimitsRef.PositionValueMax: > 0, UnvaluedHoldings: > 0 };

    private static bool IsAbove(long value, long max) => max > 0 && value > max;

    /// <summary>A shard checks its own part of a limit that holds over all shards.</summary>
    private bool IsAbove(GroupState? group, long more) =>
        group is { LimitsRef.PositionValueMax: > 0 } && group.Value + more > group.ValueMaxOf(state.Shard);
}
