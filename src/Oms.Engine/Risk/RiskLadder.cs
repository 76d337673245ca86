using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Ledgers;
using Oms.Engine.Orders;
using Oms.Engine.State;

namespace Oms.Engine.Risk;

/// <summary>
/// The ladder of refusals that every order climbs: the first rule that is broken is the answer. No limit
/// stops an order that only makes a position smaller; the exchange's filters and the funds do.
/// </summary>
internal sealed class RiskLadder(EngineState state, LimitLadder limits, Outbox outbox)
{
    private const int BasisPoints = 10_000;

    /// <summary>Climbs the whole ladder.</summary>
    /// <param name="holding">Of the account in the instrument; null where the order is refused early.</param>
    /// <param name="reservePrice">The price at which a buy is to be reserved.</param>
    /// <param name="isReducing">The order can only make a position smaller.</param>
    public RejectReason Check(
        AccountState? account,
        InstrumentState? instrument,
        in OrderTerms terms,
        in CommandStamps stamps,
        out Holding? holding,
        out long reservePrice,
        out bool isReducing)
    {
        (holding, reservePrice, isReducing) = (null, 0, false);
        if (account is null) return RejectReason.AccountUnknown;
        if (instrument is null) return RejectReason.InstrumentUnknown;
        if (account.Exchange != instrument.Exchange) return RejectReason.InstrumentUnknown;
        if (!IsEnabled(account, instrument)) return RejectReason.MarketNotEnabled;
        RejectReason ofCommand = CheckCommand(in stamps);
        if (ofCommand != RejectReason.None) return ofCommand;
        RejectReason ofPlace = CheckPlace(account, instrument, in terms);
        if (ofPlace != RejectReason.None) return ofPlace;
        RejectReason ofTerms = TermsCheck.Check(in terms, instrument, outbox.Now);
        if (ofTerms != RejectReason.None) return ofTerms;
        holding = state.TryHold(account, instrument);
        if (holding is null || !state.HasNumbersFor(1)) return RejectReason.OrderStoreFull;
        RejectReason ofOrder = Climb(holding, in terms, ordersHeld: 0, out reservePrice, out isReducing);
        if (ofOrder != RejectReason.None) return ofOrder;
        return state.HasRoomFor(1) ? RejectReason.None : RejectReason.OrderStoreFull;
    }

    /// <summary>
    /// Climbs what may have changed since a held order was accepted, when its turn to go has come.
    /// </summary>
    /// <param name="isReducing">The order can only make a position smaller.</param>
    public RejectReason CheckRelease(
        Holding holding, in OrderState order, out long reservePrice, out bool isReducing)
    {
        InstrumentState instrument = holding.Instrument;
        OrderTerms terms = order.Terms with { Quantity = order.LeavesQuantity };
        (reservePrice, isReducing) = (order.ReservePrice, order.Has(OrderMarks.Reducing));
        if (terms.Quantity <= 0) return RejectReason.QuantityNotPositive;
        RejectReason ofPlace = CheckPlace(holding.Account, instrument, in terms);
        if (ofPlace != RejectReason.None) return ofPlace;
        bool isSuccessor = order.Has(OrderMarks.Successor);
        if (isSuccessor) return CheckSuccession(holding, in terms, out reservePrice, out isReducing);
        RejectReason ofFilters = TermsCheck.CheckFilters(in terms, instrument);
        if (ofFilters != RejectReason.None) return ofFilters;
        RejectReason ofPrice = CheckPrice(instrument, in terms, IsExit(holding, in order), out reservePrice);
        if (ofPrice != RejectReason.None) return ofPrice;
        bool isFree = instrument.IsFutures && order.Has(OrderMarks.Reducing | OrderMarks.Closing);
        return isFree || IsAffordable(holding, in terms, reservePrice, order.ReservedAmount)
            ? RejectReason.None
            : RejectReason.InsufficientBalance;
    }

    /// <summary>
    /// Climbs what a change of a live order may break: its new price and what it asks for more.
    /// </summary>
    /// <param name="isReducing">The changed order can only make a position smaller.</param>
    public RejectReason CheckChange(
        Holding holding, in OrderState order, in OrderTerms changed, out long reservePrice, out bool isReducing)
    {
        InstrumentState instrument = holding.Instrument;
        (reservePrice, isReducing) = (order.ReservePrice, order.Has(OrderMarks.Reducing));
        RejectReason ofPlace = CheckPlace(holding.Account, instrument, in changed);
        if (ofPlace != RejectReason.None) return ofPlace;
        RejectReason ofTerms = TermsCheck.Check(in changed, instrument, outbox.Now);
        if (ofTerms != RejectReason.None) return ofTerms;
        RejectReason ofPrice = CheckPrice(instrument, in changed, IsClosing(in changed), out reservePrice);
        if (ofPrice != RejectReason.None) return ofPrice;
        OrderTerms open = changed with { Quantity = changed.Quantity - order.CumulativeQuantity };
        // What a leg may trade is counted by its partner.
        long more = order.Has(OrderMarks.Shadow) ? 0 : instrument.BaseAmountOf(open.Quantity) - order.OpenAmount;
        if (!HasRoomToGrow(holding, in open, Math.Max(0, more))) return RejectReason.QuantityAboveMax;
        bool isClosing = order.Has(OrderMarks.Closing);
        if (isClosing && more > Closable(holding, in changed)) return RejectReason.WouldIncreasePosition;
        isReducing = isClosing || (isReducing && more <= holding.Reducible(changed.Side, changed.PositionSide));
        RejectReason ofLimits = isReducing
            ? RejectReason.None
            : limits.CheckChange(holding, in order, in open, Math.Max(0, more), reservePrice);
        if (ofLimits != RejectReason.None) return ofLimits;
        bool isFree = order.Has(OrderMarks.Shadow) || (instrument.IsFutures && isReducing);
        return isFree || IsAffordable(holding, in open, reservePrice, order.ReservedAmount)
            ? RejectReason.None
            : RejectReason.InsufficientBalance;
    }

    /// <summary>
    /// Climbs what the other leg of a pair may need more than the first, whose place it may take.
    /// </summary>
    /// <param name="reservePrice">Of the dearer of both.</param>
    public RejectReason CheckOtherLeg(
        Holding holding, in OrderTerms terms, long reservePrice, bool isReducing)
    {
        long amount = holding.Instrument.BaseAmountOf(terms.Quantity);
        RejectReason ofLimits = isReducing
            ? RejectReason.None
            : limits.CheckSize(holding, in terms, amount, reservePrice);
        if (ofLimits != RejectReason.None) return ofLimits;
        bool isFree = holding.Instrument.IsFutures && isReducing;
        return isFree || IsAffordable(holding, in terms, reservePrice, reserved: 0)
            ? RejectReason.None
            : RejectReason.InsufficientBalance;
    }

    /// <summary>Whether what an order has open can be reserved at another price.</summary>
    public static RejectReason CheckReserve(Holding holding, in OrderState order, long reservePrice)
    {
        OrderTerms open = order.Terms with { Quantity = order.LeavesQuantity };
        bool isFree = holding.Instrument.IsFutures && order.Has(OrderMarks.Reducing);
        return isFree || IsAffordable(holding, in open, reservePrice, order.ReservedAmount)
            ? RejectReason.None
            : RejectReason.InsufficientBalance;
    }

    /// <summary>Climbs what can be known of an order before the one that it replaces is canceled.</summary>
    public RejectReason CheckSuccessor(Holding holding, in OrderTerms terms, in CommandStamps stamps)
    {
        RejectReason ofCommand = CheckCommand(in stamps);
        if (ofCommand != RejectReason.None) return ofCommand;
        RejectReason ofPlace = CheckPlace(holding.Account, holding.Instrument, in terms);
        if (ofPlace != RejectReason.None) return ofPlace;
        if (terms.IsConditional) return RejectReason.TermsContradictory;
        RejectReason ofTerms = TermsCheck.Check(in terms, holding.Instrument, outbox.Now);
        return ofTerms != RejectReason.None
            ? ofTerms
            : CheckPrice(holding.Instrument, in terms, IsClosing(in terms), out _);
    }

    /// <summary>Climbs what even an emergency cannot do without.</summary>
    public RejectReason CheckExit(Holding holding, in OrderTerms terms, out long reservePrice)
    {
        reservePrice = WorstPrice(holding.Instrument, in terms);
        bool isLess = holding.Instrument.IsFutures ? IsAgainst(holding, in terms) : !terms.IsBuy;
        if (state.IsHalted(holding.Account) && !isLess) return RejectReason.Halted;
        if (!holding.Instrument.IsTradable) return RejectReason.InstrumentNotTradable;
        if (!state.HasRoomFor(1)) return RejectReason.OrderStoreFull;
        return TermsCheck.CheckFilters(in terms, holding.Instrument);
    }

    /// <summary>What a buy may have to pay at worst; 0 where no price is known.</summary>
    public long WorstPrice(InstrumentState instrument, in OrderTerms terms)
    {
        long from = terms.IsConditional
            ? terms.StopPrice
            : instrument.Prices.Against(terms.Side, out _);
        return terms.IsAtMarket ? Worst(terms.Side, from, state.Limits.PriceCollarBasisPoints) : terms.Price;
    }

    /// <summary>Whether an order of hedge mode closes, or one of one-way mode may only reduce.</summary>
    public static bool IsClosing(in OrderTerms terms) => terms.PositionSide == PositionSide.Both
        ? terms.IsReduceOnly
        : terms.IsBuy == (terms.PositionSide == PositionSide.Short);

    /// <summary>
    /// Whether an order gets its account out of something: what it waited for has come, and it must not fail
    /// for want of a price. Of spot, a sale always does.
    /// </summary>
    public static bool IsExit(Holding holding, in OrderState order) =>
        order.Has(OrderMarks.Reducing | OrderMarks.Closing | OrderMarks.Child)
        || (!holding.Instrument.IsFutures && !order.Terms.IsBuy);

    /// <summary>
    /// Climbs the rungs that need the holding.
    /// </summary>
    /// <param name="ordersHeld">1 where the order is one of the account's live orders already.</param>
    private RejectReason Climb(
        Holding holding, in OrderTerms terms, int ordersHeld, out long reservePrice, out bool isReducing)
    {
        InstrumentState instrument = holding.Instrument;
        long amount = instrument.BaseAmountOf(terms.Quantity);
        bool isClosing = IsClosing(in terms);
        isReducing = isClosing || amount <= holding.Reducible(terms.Side, terms.PositionSide);
        reservePrice = 0;
        if (!HasRoomToGrow(holding, in terms, amount)) return RejectReason.QuantityAboveMax;
        if (isClosing && amount > Closable(holding, in terms)) return RejectReason.WouldIncreasePosition;
        RejectReason ofPrice = CheckPrice(instrument, in terms, isClosing, out reservePrice);
        if (ofPrice != RejectReason.None) return ofPrice;
        if (!isReducing)
        {
            RejectReason ofLimits = limits.Check(holding, in terms, amount, reservePrice, ordersHeld);
            if (ofLimits != RejectReason.None) return ofLimits;
        }

        bool isOpened = holding.QuoteRow.IsOpened || instrument.IsMatchedHere;
        bool isFree = instrument.IsFutures && isReducing && isOpened;
        return isFree || IsAffordable(holding, in terms, reservePrice, reserved: 0)
            ? RejectReason.None
            : RejectReason.InsufficientBalance;
    }

    /// <summary>The turn of an order that takes the place of another: it climbs all that an order climbs.
    /// </summary>
    private RejectReason CheckSuccession(
        Holding holding, in OrderTerms terms, out long reservePrice, out bool isReducing)
    {
        (reservePrice, isReducing) = (0, false);
        if (state.IsLogBehind) return RejectReason.LogBehind;
        RejectReason ofTerms = TermsCheck.Check(in terms, holding.Instrument, outbox.Now);
        return ofTerms != RejectReason.None
            ? ofTerms
            : Climb(holding, in terms, ordersHeld: 1, out reservePrice, out isReducing);
    }

    private RejectReason CheckCommand(in CommandStamps stamps)
    {
        if (IsTooOld(in stamps)) return RejectReason.CommandTooOld;
        if (state.IsLogBehind) return RejectReason.LogBehind;
        return RejectReason.None;
    }

    private RejectReason CheckPlace(AccountState account, InstrumentState instrument, in OrderTerms terms)
    {
        bool isClosing = IsClosing(in terms);
        if (state.IsHalted(account) && !isClosing) return RejectReason.Halted;
        if (!EngineState.IsOpenFor(account, instrument, isClosing)) return RejectReason.AccountNotReady;
        if (!instrument.IsTradable) return RejectReason.InstrumentNotTradable;
        return RejectReason.None;
    }

    /// <param name="isExit">It gets the account out of a position: it must not fail for want of a price.</param>
    /// <param name="worst">What a buy may have to pay, and a sale at least brings.</param>
    private RejectReason CheckPrice(InstrumentState instrument, in OrderTerms terms, bool isExit, out long worst)
    {
        int collar = state.Limits.PriceCollarBasisPoints;
        long against = instrument.Prices.Against(terms.Side, out long heardUnixNanos);
        long from = terms.IsConditional && terms.IsAtMarket ? terms.StopPrice : against;
        worst = terms.IsAtMarket ? Worst(terms.Side, from, collar) : terms.Price;
        long notional = instrument.NotionalRoundedUp(worst, terms.Quantity);
        if (!Amounts.IsAmount(notional)) return RejectReason.NotionalAboveLimit;
        if (isExit) return RejectReason.None;
        if (!state.HasLimits) return RejectReason.ReferencePriceMissing;
        if (against <= 0 && (collar > 0 || terms.IsAtMarket)) return RejectReason.ReferencePriceMissing;
        if (collar > 0 && IsStale(instrument, heardUnixNanos)) return RejectReason.ReferencePriceStale;
        if (collar > 0 && !terms.IsConditional && IsOutsideCollar(in terms, against, collar)) return RejectReason.PriceOutsideCollar;
        if (terms.IsAtMarket && notional < instrument.Filters.NotionalMin) return RejectReason.NotionalBelowMin;
        return RejectReason.None;
    }

    /// <summary>Of what is matched here nothing is missed: its last price is the price.</summary>
    private bool IsStale(InstrumentState instrument, long heardUnixNanos) =>
        !instrument.IsMatchedHere && outbox.Now - heardUnixNanos > state.Limits.ReferencePriceAgeMaxNanos;

    /// <summary>Both stamps are in the logged message: a replay decides the same.</summary>
    private bool IsTooOld(in CommandStamps stamps) =>
        state.HasLimits
        && stamps.GatewayReceived > 0
        && stamps.FastPathPolled > stamps.GatewayReceived
        && stamps.FastPathPolled - stamps.GatewayReceived > state.Limits.CommandAgeMaxNanos;

    private static bool IsEnabled(AccountState account, InstrumentState instrument)
    {
        MarketFlags needed = instrument.Wallet switch
        {
            Market.Spot => MarketFlags.Spot,
            Market.Futures => MarketFlags.Futures,
        };
        return (account.Markets & needed) != 0;
    }

    /// <summary>Whether what live orders may do stays within 64 bits with another one.</summary>
    private static bool HasRoomToGrow(Holding holding, in OrderTerms terms, long amount)
    {
        long open = IsClosing(in terms)
            ? holding.OpenReductions[terms.PositionSide]
            : (terms.IsBuy ? holding.OpenBuys : holding.OpenSells);
        return Amounts.CanBeAdded(amount, open);
    }

    private static bool IsAgainst(Holding holding, in OrderTerms terms) => terms.IsBuy
        ? holding.QuantityOf(terms.PositionSide) < 0
        : holding.QuantityOf(terms.PositionSide) > 0;

    /// <summary>What a closing order may close: of spot what is held, else the position.</summary>
    private static long Closable(Holding holding, in OrderTerms terms)
    {
        if (!holding.Instrument.IsFutures)
        {
            return terms.IsBuy ? 0 : holding.BaseRow.Free;
        }

        long quantity = Math.Abs(holding.QuantityOf(terms.PositionSide));
        return IsAgainst(holding, in terms) ? quantity - holding.OpenReductions[terms.PositionSide] : 0;
    }

    private static bool IsOutsideCollar(in OrderTerms terms, long against, int collar) =>
        !terms.IsAtMarket
        && (terms.IsBuy
            ? terms.Price > Above(against, collar)
            : terms.Price < Below(against, collar));

    private static long Worst(Side side, long from, int collar) => side == Side.Buy ? Above(from, collar) : from;

    private static long Above(long price, int collar) => InBasisPoints(price, BasisPoints + collar);

    private static long Below(long price, int collar) => InBasisPoints(price, BasisPoints - collar);

    /// <summary>That many ten-thousandths of a price, rounded down.</summary>
    private static long InBasisPoints(long price, int basisPoints)
    {
        if (price >= 0 && basisPoints >= 0 && Math.BigMul(price, basisPoints, out long product) == 0 && product >= 0)
        {
            return Math.Min(product / BasisPoints, Amounts.AmountMax);
        }

        return Amounts.Clamp(Rounding.DivideRoundingDown((Int128)price * basisPoints, BasisPoints));
    }

    /// <param name="reserved">What is reserved for the order already.</param>
    private static bool IsAffordable(Holding holding, in OrderTerms terms, long reservePrice, long reserved)
    {
        BalanceRow row = Reservations.RowOf(holding, terms.Side);
        long more = Reservations.Needed(holding, terms.Side, reservePrice, terms.Quantity) - reserved;
        return (row.IsOpened || holding.Instrument.IsMatchedHere) && (more <= 0 || row.Free >= more);
    }
}
