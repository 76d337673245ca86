using System.Diagnostics.CodeAnalysis;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Execution;
using Oms.Engine.Holdings;
using Oms.Engine.Orders;
using Oms.Engine.State;
using Oms.Engine.Triggers;
using Oms.Matching;

namespace Oms.Engine.Crossing;

/// <summary>
/// The books of the instruments that are matched here; and, of the others, an index of our own orders at the
/// exchange, so that no two of one owner meet there.
/// </summary>
internal sealed class Matcher(
    EngineState state,
    Outbox outbox,
    OrderReports reports,
    Reservations reservations,
    FillBooking booking,
    PriceEffects prices)
{
    private readonly FillList _fills = new();
    private readonly SpentReductions _spent = new(state);

    /// <summary>What only the books can say of an order, asked before it is accepted.</summary>
    public static RejectReason CheckEntry(Holding holding, in OrderTerms terms)
    {
        if (!TryGetOwn(holding, out OrderBook? own))
        {
            return RejectReason.None;
        }

        foreach (RestingOrder _ in OwnMetBy(own, holding, in terms))
        {
            return RejectReason.SelfTrade;
        }

        return RejectReason.None;
    }

    /// <summary>The index of own orders at the exchange; false where nobody else is the same owner.</summary>
    public static bool TryGetOwn(Holding holding, [NotNullWhen(true)] out OrderBook? own)
    {
        own = holding.Instrument.IsMatchedHere || holding.Account.Group is null ? null : holding.Instrument.Book;
        return own is not null;
    }

    /// <summary>What an order would meet of its owner's orders at the exchange.</summary>
    public static OrderSequence OwnMetBy(OrderBook own, Holding holding, in OrderTerms terms) => own.OrdersMetBy(
        SideOf(terms.Side),
        terms.IsAtMarket ? Farthest(terms.Side) : terms.Price,
        OwnerOf(holding.Account),
        SelfTradeScope.Group);

    /// <summary>What only the book can say of a changed order, which stays as it is where it is refused.
    /// </summary>
    public static RejectReason CheckAmend(Holding holding, in OrderState order, in OrderTerms changed) =>
        holding.Instrument is { IsMatchedHere: true, Book: { } book }
        && changed.IsPostOnly
        && changed.Price != order.Terms.Price
        && book.WouldTrade(SideOf(changed.Side), changed.Price)
            ? RejectReason.WouldTrade
            : RejectReason.None;

    /// <summary>
    /// Matches an order that was just accepted, and rests what the others left of it. Its first report says
    /// that it is accepted, or why the book did not take it.
    /// </summary>
    public void Enter(int slot, Holding holding, long correlationId)
    {
        Placement placement = Place(slot, holding);
        if (placement.Outcome is PlacementOutcome.WouldTrade or PlacementOutcome.Unfillable)
        {
            _ = reports.Advance(slot, OrderEvent.Refused);
            reservations.Adjust(slot, holding);
            reports.ReportRejected(
                slot,
                placement.Outcome == PlacementOutcome.WouldTrade
                    ? RejectReason.WouldTrade
                    : RejectReason.NotFillable,
                exchangeErrorCode: 0,
                default,
                correlationId);
            return;
        }

        _ = reports.Advance(slot, OrderEvent.Acknowledged);
        state.Orders[slot].Set(OrderMarks.Acknowledged);
        reports.Report(slot, ExecutionType.New, correlationId);
        Settle(slot, holding, in placement);
    }

    /// <summary>Changes a resting order; its priority stays only where it shrinks at its price.</summary>
    public void Amend(int slot, Holding holding, in OrderTerms changed, long correlationId)
    {
        ref OrderState order = ref state.Orders[slot];
        bool isSmaller = changed.Price == order.Terms.Price && changed.Quantity <= order.Terms.Quantity;
        if (isSmaller && order.Has(OrderMarks.Resting))
        {
            if (changed.Quantity < order.Terms.Quantity)
            {
                Domain.Invariant.Holds(Book(holding.Instrument).TryReduce(
                    order.BookHandle, slot, order.Terms.Quantity - changed.Quantity, out _));
            }

            order.Terms = changed;
            reservations.Adjust(slot, holding);
            reports.Report(slot, ExecutionType.Replaced, correlationId);
            return;
        }

        TakeOut(slot, holding);
        order.Terms = changed;
        reservations.Adjust(slot, holding);
        reports.Report(slot, ExecutionType.Replaced, correlationId);
        Placement placement = Place(slot, holding);
        Settle(slot, holding, in placement);
    }

    /// <summary>Takes an order out of the book of what is matched here, if it is there.</summary>
    public void Remove(int slot, Holding holding)
    {
        bool isInBook = holding.Instrument.IsMatchedHere && state.Orders[slot].Has(OrderMarks.Resting);
        if (isInBook)
        {
            TakeOut(slot, holding);
            Publish(holding.Instrument);
        }
    }

    /// <summary>
    /// Keeps the index of own orders at an exchange at what an order may still trade there: while a change is
    /// on its way, at the price that meets more.
    /// </summary>
    public void NoteOwn(int slot, Holding holding)
    {
        if (holding.Instrument.IsMatchedHere)
        {
            return;
        }

        TakeOut(slot, holding);
        ref OrderState order = ref state.Orders[slot];
        if (holding.Account.Group is not null && order.Has(OrderMarks.Sent) && !order.IsFinal)
        {
            order.BookHandle = Book(holding.Instrument).Rest(new(
                slot,
                SideOf(order.Terms.Side),
                MeetingPrice(in order),
                Math.Max(1, order.LeavesQuantity),
                HiddenQuantity: 0,
                PeakQuantity: 0,
                OwnerOf(holding.Account)));
            order.Set(OrderMarks.Resting);
        }
    }

    /// <summary>Keeps that index for all orders of an account, whose owner changed.</summary>
    public void NoteOwn(AccountState account)
    {
        for (int slot = account.Live.First; slot != LiveOrders.None; slot = state.Orders[slot].NextLive)
        {
            NoteOwn(slot, state.HoldingOf(in state.Orders[slot]));
        }
    }

    /// <summary>Puts a saved order back where it rested; in the order in which they would trade.</summary>
    public void Restore(in RestingOrder order)
    {
        int slot = (int)order.OrderId;
        InstrumentState instrument = state.Instrument(state.Orders[slot].InstrumentId);
        state.Orders[slot].BookHandle = Book(instrument).Rest(in order);
    }

    private OrderBook Book(InstrumentState instrument) =>
        instrument.Book ??= new OrderBook(state.BookPool, Math.Max(1, instrument.Filters.TickSize));

    private void TakeOut(int slot, Holding holding)
    {
        ref OrderState order = ref state.Orders[slot];
        if (order.Has(OrderMarks.Resting))
        {
            Domain.Invariant.Holds(Book(holding.Instrument).TryCancel(order.BookHandle, slot, out _));
            order.Clear(OrderMarks.Resting);
        }
    }

    private Placement Place(int slot, Holding holding)
    {
        _fills.Clear();
        FillCollector collector = new(_fills);
        BookOrder arriving = Arriving(slot, in state.Orders[slot], holding.Account);
        OrderBook book = Book(holding.Instrument);
        if (holding.Instrument.OpenReductions > 0 && arriving.Rule != MatchingRule.PostOnly)
        {
            EndSpent(book, in arriving, holding, state.Orders[slot].Terms.PositionSide);
        }

        return book.Place(in arriving, ref collector);
    }

    /// <summary>Cancels what may only reduce and would no longer, when the arriving order comes to it.</summary>
    private void EndSpent(OrderBook book, in BookOrder arriving, Holding taker, PositionSide side)
    {
        int slot;
        while ((slot = _spent.Find(book, in arriving, taker, side)) >= 0)
        {
            Holding holding = state.HoldingOf(in state.Orders[slot]);
            TakeOut(slot, holding);
            _ = reports.Advance(slot, OrderEvent.CancelConfirmed);
            reservations.Adjust(slot, holding);
            reports.Report(slot, ExecutionType.Canceled, correlationId: 0, RejectReason.WouldIncreasePosition);
        }
    }

    /// <summary>An order at the market takes no worse price than was reserved for it.</summary>
    private static BookOrder Arriving(int slot, in OrderState order, AccountState account)
    {
        ref readonly OrderTerms terms = ref order.Terms;
        BookSide side = SideOf(terms.Side);
        bool isBound = !terms.IsAtMarket || (terms.IsBuy && order.ReservePrice > 0);
        long limit = terms.IsAtMarket ? order.ReservePrice : terms.Price;
        bool isGroup = account.Group is not null;
        SelfTradeMode mode = (SelfTradeMode)terms.SelfTradePrevention;
        return new BookOrder(slot, side, isBound ? limit : BookOrder.AnyPrice(side), order.LeavesQuantity)
        {
            DisplayQuantity = terms.DisplayQuantity,
            Owner = OwnerOf(account),
            Rule = RuleOf(in terms),
            SelfTradeMode = isGroup && mode == SelfTradeMode.None ? SelfTradeMode.CancelNewest : mode,
            SelfTradeScope = isGroup ? SelfTradeScope.Group : SelfTradeScope.Account,
        };
    }

    private static MatchingRule RuleOf(in OrderTerms terms)
    {
        if (terms.IsPostOnly)
        {
            return MatchingRule.PostOnly;
        }

        return terms.TimeInForce switch
        {
            TimeInForce.FillOrKill => MatchingRule.FillOrKill,
            TimeInForce.ImmediateOrCancel => MatchingRule.ImmediateOrCancel,
            TimeInForce.GoodTillCancel or TimeInForce.GoodTillDate =>
                terms.IsAtMarket ? MatchingRule.ImmediateOrCancel : MatchingRule.Rest,
        };
    }

    private static BookSide SideOf(Side side) => side == Side.Buy ? BookSide.Bid : BookSide.Ask;

    private static OrderOwner OwnerOf(AccountState account) => new(account.Id.Value, account.Group?.Id ?? 0);

    /// <summary>Books what was matched, and what became of the rest.</summary>
    private void Settle(int slot, Holding holding, in Placement placement)
    {
        InstrumentState instrument = holding.Instrument;
        ref OrderState order = ref state.Orders[slot];
        if (!placement.Handle.IsNone)
        {
            order.BookHandle = placement.Handle;
            order.Set(OrderMarks.Resting);
        }

        foreach (ref readonly Fill fill in _fills.Fills)
        {
            long tradeId = ++instrument.TradeIdLast;
            BookFor(in fill, (int)fill.MakerOrderId, tradeId, isMaker: true);
            BookFor(in fill, slot, tradeId, isMaker: false);
            (instrument.Prices.Last, instrument.Prices.LastUnixNanos) = (fill.Price, outbox.Now);
        }

        foreach (ref readonly PreventedTrade prevented in _fills.Prevented)
        {
            Prevent(in prevented);
        }

        // What rests as it came is reserved and reported already.
        bool isAsItCame = placement.Outcome == PlacementOutcome.Rested
            && placement.LeavesQuantity == order.LeavesQuantity
            && _fills.Fills.IsEmpty;
        if (!order.IsFinal && !isAsItCame)
        {
            SettleRest(slot, holding, in placement);
        }

        Publish(instrument);
    }

    /// <summary>What became of what did not trade.</summary>
    private void SettleRest(int slot, Holding holding, in Placement placement)
    {
        ref OrderState order = ref state.Orders[slot];
        bool isPrevented = placement.Outcome == PlacementOutcome.SelfTradePrevented;
        bool isDecremented = placement.LeavesQuantity != order.LeavesQuantity;
        if (isDecremented)
        {
            long cut = order.LeavesQuantity - placement.LeavesQuantity;
            order.Terms = order.Terms with { Quantity = order.Terms.Quantity - cut };
            ShrinkPair(ref order, cut);
        }

        (OrderEvent orderEvent, ExecutionType type) = placement.Outcome switch
        {
            PlacementOutcome.Rested => (OrderEvent.Acknowledged, ExecutionType.Restated),
            PlacementOutcome.Filled => (OrderEvent.CompletingFill, ExecutionType.Restated),
            PlacementOutcome.SelfTradePrevented => (OrderEvent.CancelConfirmed, ExecutionType.Canceled),
            PlacementOutcome.Dropped or PlacementOutcome.Unfillable or PlacementOutcome.WouldTrade =>
                (OrderEvent.ExpiryConfirmed, ExecutionType.Expired),
        };
        bool isEnded = reports.Advance(slot, orderEvent);
        reservations.Adjust(slot, holding);
        if (isEnded || isDecremented)
        {
            reports.Report(
                slot,
                type,
                correlationId: 0,
                isPrevented || isDecremented ? RejectReason.SelfTrade : RejectReason.None);
        }
    }

    private void BookFor(in Fill fill, int slot, long tradeId, bool isMaker)
    {
        ref OrderState order = ref state.Orders[slot];
        Holding holding = state.HoldingOf(in order);
        InstrumentState instrument = holding.Instrument;
        if (isMaker && fill.MakerLeavesQuantity == 0)
        {
            order.Clear(OrderMarks.Resting);
        }

        long notional = instrument.NotionalOf(order.Terms.Side, fill.Price, fill.Quantity);
        long fee = instrument.FeeOf(notional, isMaker);
        // What would make a balance larger than anything real is not given back.
        bool isPaid = fee != 0 && (fee > 0 || Amounts.IsBelowMax(holding.QuoteRow.Total));
        var trade = new TradeSeen
        {
            Header = MessageHeader.For<TradeSeen>(order.AccountId),
            OrderId = order.OrderId,
            ExchangeOrderId = 0,
            InstrumentId = order.InstrumentId,
            Source = EvidenceSource.Reply,
            IsMaker = isMaker ? (byte)1 : (byte)0,
            Side = order.Terms.Side,
            PositionSide = order.Terms.PositionSide,
            TradeId = tradeId,
            ExecutionId = 0,
            Price = fill.Price,
            Quantity = fill.Quantity,
            Fee = isPaid ? fee : 0,
            FeeAssetId = isPaid ? instrument.Quote.Id : AssetId.None,
            ExchangeUnixNanos = outbox.Now,
        };
        booking.Book(slot, in trade, holding);
    }

    /// <summary>What self-trade prevention did to orders of the same owner.</summary>
    private void Prevent(in PreventedTrade prevented)
    {
        int slot = (int)prevented.MakerOrderId;
        ref OrderState order = ref state.Orders[slot];
        Holding holding = state.HoldingOf(in order);
        // What was decremented is no longer asked for; a canceled order still says what it asked for.
        if (prevented.MakerLeavesQuantity > 0)
        {
            order.Terms = order.Terms with { Quantity = order.Terms.Quantity - prevented.Quantity };
            ShrinkPair(ref order, prevented.Quantity);
        }

        if (prevented.MakerLeavesQuantity == 0)
        {
            order.Clear(OrderMarks.Resting);
            _ = reports.Advance(slot, OrderEvent.CancelConfirmed);
        }

        reservations.Adjust(slot, holding);
        reports.Report(
            slot,
            prevented.MakerLeavesQuantity == 0 ? ExecutionType.Canceled : ExecutionType.Restated,
            correlationId: 0,
            RejectReason.SelfTrade);
    }

    /// <summary>
    /// A leg that asks for less makes its pair worth less: the other would else be counted for more than was
    /// checked once it is alone.
    /// </summary>
    private void ShrinkPair(ref OrderState leg, long cut)
    {
        if (leg.SharedQuantity == 0)
        {
            return;
        }

        leg.SharedQuantity -= cut;
        if (state.Orders.TryFind(leg.PartnerId, out int partner))
        {
            state.Orders[partner].SharedQuantity -= cut;
        }

        state.Agenda.Add(Consequence.Filled, leg.OrderId.Value);
    }

    /// <summary>The price at which a buy meets everything, or a sale.</summary>
    private static long Farthest(Side side) => side == Side.Buy ? Amounts.AmountMax : 0;

    private static long MeetingPrice(in OrderState order)
    {
        if (order.Terms.IsAtMarket)
        {
            return Farthest(order.Terms.Side);
        }

        bool isChanging = order.Has(OrderMarks.Replacing);
        long asked = isChanging ? order.AskedPrice : order.Terms.Price;
        return order.Terms.IsBuy ? Math.Max(asked, order.Terms.Price) : Math.Min(asked, order.Terms.Price);
    }

    /// <summary>The book changed: its prices are those of the instrument.</summary>
    private void Publish(InstrumentState instrument)
    {
        OrderBook book = Book(instrument);
        instrument.Prices.Bid = book.TryGetBest(BookSide.Bid, out BookLevel bid) ? bid.Price : 0;
        instrument.Prices.Ask = book.TryGetBest(BookSide.Ask, out BookLevel ask) ? ask.Price : 0;
        instrument.Prices.TopUnixNanos = outbox.Now;
        prices.Changed(instrument);
    }
}
