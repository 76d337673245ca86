using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Crossing;
using Oms.Engine.Holdings;
using Oms.Engine.Risk;
using Oms.Engine.State;

namespace Oms.Engine.Orders;

/// <summary>
/// Changes live orders in place: at once where they are held or matched here, else when the exchange has said
/// so. Quantity is always all of it; at or below what is filled it cancels the rest.
/// </summary>
internal sealed class Amendment(
    EngineState state,
    RiskLadder risk,
    OrderReports reports,
    Reservations reservations,
    ConnectorRequests requests,
    Cancellation cancellation,
    Matcher matcher)
{
    public void Amend(in AmendOrder command)
    {
        AccountId account = command.Header.AccountId;
        RejectReason reason = Find(in command, out int slot);
        if (reason != RejectReason.None)
        {
            var none = new OrderState { OrderId = command.OrderId, ClientOrderId = command.ClientOrderId };
            reports.ReportCancelRejected(
                account, in slot < 0 ? ref none : ref state.Orders[slot], reason, 0, command.CorrelationId);
            return;
        }

        ref OrderState order = ref state.Orders[slot];
        OrderTerms changed = Changed(in order.Terms, in command);
        if (changed.Quantity <= order.CumulativeQuantity)
        {
            cancellation.Cancel(slot, command.CorrelationId);
            return;
        }

        Holding holding = state.HoldingOf(in order);
        reason = risk.CheckChange(
            holding, in order, in changed, out long reservePrice, out bool isReducing);
        if (reason == RejectReason.None) reason = CheckMarket(slot, holding, in changed);
        if (reason == RejectReason.None) reason = ReservePair(slot, holding, ref reservePrice);
        if (reason != RejectReason.None)
        {
            reports.ReportCancelRejected(account, in order, reason, 0, command.CorrelationId);
            return;
        }

        if (order.Has(OrderMarks.Reducing) != isReducing)
        {
            reservations.SetReducing(slot, holding, isReducing);
        }

        Apply(slot, holding, in changed, reservePrice, command.CorrelationId);
    }

    /// <summary>The exchange says in what terms an order stands that was asked to change.</summary>
    /// <param name="isAnswer">
    /// Whether terms as before mean that the change was not made, once its own answer is known not to come; in a stream
    /// they may just be older.
    /// </param>
    public void Settle(int slot, in OrderTerms stated, bool isAnswer)
    {
        ref OrderState order = ref state.Orders[slot];
        if (!order.Has(OrderMarks.Replacing) || order.IsFinal || !IsReal(in stated, state.HoldingOf(in order)))
        {
            return;
        }

        bool isMade = stated.Price == order.AskedPrice && stated.Quantity == order.AskedQuantity;
        if (isMade || (isAnswer && order.IsReplaceInDoubt == 1))
        {
            order.Terms = WithPriceAndQuantity(in order.Terms, stated.Price, stated.Quantity);
            End(slot, isMade ? ExecutionType.Replaced : ExecutionType.Restated);
        }
    }

    /// <summary>Nobody can say whether the change was made: the exchange is to be asked.</summary>
    public static void Doubt(ref OrderState order) =>
        order.IsReplaceInDoubt = order.Has(OrderMarks.Replacing) ? (byte)1 : (byte)0;

    /// <summary>The exchange refused the change.</summary>
    public void Refuse(int slot)
    {
        if (state.Orders[slot].Has(OrderMarks.Replacing))
        {
            End(slot, ExecutionType.Restated);
        }
    }

    /// <summary>Whether terms that an exchange states can be those of an order.</summary>
    public static bool IsReal(in OrderTerms stated, Holding holding) =>
        stated.Quantity > 0
        && stated.Price >= 0
        && Amounts.IsAmount(stated.Price)
        && Amounts.IsAmount(holding.Instrument.BaseAmountOf(stated.Quantity));

    private static OrderTerms Changed(in OrderTerms terms, in AmendOrder command)
    {
        OrderTerms changed = WithPriceAndQuantity(
            in terms,
            command.Price != 0 ? command.Price : terms.Price,
            command.Quantity != 0 ? command.Quantity : terms.Quantity);
        return command.StopPrice != 0 ? changed with { StopPrice = command.StopPrice } : changed;
    }

    private static OrderTerms WithPriceAndQuantity(in OrderTerms terms, long price, long quantity) => terms with
    {
        Price = price,
        Quantity = quantity,
        DisplayQuantity = Math.Min(terms.DisplayQuantity, quantity),
    };

    private RejectReason Find(in AmendOrder command, out int slot)
    {
        bool isFound = (command.OrderId.IsNone
                ? state.Orders.TryFind(command.Header.AccountId, command.ClientOrderId, out slot)
                : state.Orders.TryFind(command.OrderId, out slot))
            && state.Orders[slot].AccountId == command.Header.AccountId;
        if (!isFound)
        {
            slot = -1;
            return RejectReason.OrderUnknown;
        }

        ref readonly OrderState order = ref state.Orders[slot];
        if (order.IsFinal) return RejectReason.OrderAlreadyFinal;
        if (command.Quantity < 0 || command.Price < 0 || command.StopPrice < 0) return RejectReason.TermsContradictory;
        if (order.Has(OrderMarks.Child | OrderMarks.Successor | OrderMarks.MustEnd)) return RejectReason.ReplaceNotPossible;
        if (order.Contingency != Contingency.None && command.Quantity != 0) return RejectReason.ReplaceNotPossible;
        if (order.IsHeld) return order.Has(OrderMarks.Released) ? RejectReason.ReplaceNotPossible : RejectReason.None;
        if (command.StopPrice != 0) return RejectReason.ReplaceNotPossible;
        InstrumentState instrument = state.Instrument(order.InstrumentId);
        if (instrument.IsMatchedHere) return RejectReason.None;
        bool isWorking = order.Status is OrderStatus.New or OrderStatus.PartiallyFilled
            && !order.Has(OrderMarks.Replacing);
        bool canAmend = instrument.Filters.CanAmend == OrderAmendment.PriceAndQuantity
            || (instrument.Filters.CanAmend == OrderAmendment.SmallerQuantity
                && IsSmallerAlone(in order.Terms, in command));
        return isWorking && canAmend ? RejectReason.None : RejectReason.ReplaceNotPossible;
    }

    private static bool IsSmallerAlone(in OrderTerms terms, in AmendOrder command) =>
        (command.Price == 0 || command.Price == terms.Price)
        && command.Quantity > 0 && command.Quantity < terms.Quantity;

    /// <summary>What only the market can say of the changed order.</summary>
    private RejectReason CheckMarket(int slot, Holding holding, in OrderTerms changed)
    {
        ref readonly OrderState order = ref state.Orders[slot];
        if (order.IsHeld)
        {
            return OrderDispatch.CheckEntry(holding, in changed);
        }

        RejectReason ofOwn = Matcher.CheckEntry(holding, in changed);
        return ofOwn == RejectReason.None ? Matcher.CheckAmend(holding, in order, in changed) : ofOwn;
    }

    /// <summary>
    /// Of a pair one leg reserves for both, at the dearer price: where the other became the dearer one, it must
    /// be able to.
    /// </summary>
    private RejectReason ReservePair(int slot, Holding holding, ref long reservePrice)
    {
        ref OrderState order = ref state.Orders[slot];
        if (order.Contingency != Contingency.OneCancelsOther
            || !state.Orders.TryFind(order.PartnerId, out int partner)
            || state.Orders[partner].IsFinal)
        {
            return RejectReason.None;
        }

        ref OrderState other = ref state.Orders[partner];
        long worst = Math.Max(reservePrice, risk.WorstPrice(holding.Instrument, in other.Terms));
        ref OrderState payer = ref order.Has(OrderMarks.Shadow) ? ref other : ref order;
        RejectReason reason = RiskLadder.CheckReserve(holding, in payer, worst);
        if (reason == RejectReason.None && order.Has(OrderMarks.Shadow))
        {
            other.ReservePrice = worst;
            reservations.Adjust(partner, holding);
        }

        reservePrice = worst;
        return reason;
    }

    private void Apply(int slot, Holding holding, in OrderTerms changed, long reservePrice, long correlationId)
    {
        ref OrderState order = ref state.Orders[slot];
        if (order.IsHeld)
        {
            bool isWatched = order.Has(OrderMarks.Watched);
            if (isWatched) holding.Instrument.Watch.Remove(state.Orders, slot);
            order.Terms = changed;
            if (isWatched) holding.Instrument.Watch.Add(state.Orders, slot);
            order.ReservePrice = reservePrice;
            reservations.Adjust(slot, holding);
            reports.Report(slot, ExecutionType.Replaced, correlationId);
        }
        else if (holding.Instrument.IsMatchedHere)
        {
            order.ReservePrice = reservePrice;
            matcher.Amend(slot, holding, in changed, correlationId);
        }
        else
        {
            Ask(slot, holding, in changed, reservePrice, correlationId);
        }
    }

    /// <summary>Until the exchange has answered, the larger of both is reserved.</summary>
    private void Ask(int slot, Holding holding, in OrderTerms changed, long reservePrice, long correlationId)
    {
        ref OrderState order = ref state.Orders[slot];
        (order.AskedPrice, order.AskedQuantity) = (changed.Price, changed.Quantity);
        order.Set(OrderMarks.Replacing);
        _ = reports.Advance(slot, OrderEvent.ReplaceRequested);
        order.ReservePrice = Math.Max(order.ReservePrice, reservePrice);
        reservations.Adjust(slot, holding);
        matcher.NoteOwn(slot, holding);
        reports.Report(slot, ExecutionType.PendingReplace, correlationId);
        requests.Amend(WithPriceAndQuantity(in order.Terms, changed.Price, changed.Quantity), in order);
    }

    private void End(int slot, ExecutionType type)
    {
        ref OrderState order = ref state.Orders[slot];
        order.Clear(OrderMarks.Replacing);
        order.IsReplaceInDoubt = 0;
        (order.AskedPrice, order.AskedQuantity) = (0, 0);
        order.ReservePrice = order.Terms.IsAtMarket
            ? order.ReservePrice
            : Math.Max(order.Terms.Price, PartnersWorst(in order));
        bool isComplete = order.LeavesQuantity <= 0;
        _ = reports.Advance(
            slot,
            isComplete
                ? OrderEvent.CompletingFill
                : order.CumulativeQuantity > 0
                    ? OrderEvent.ReplaceSettledPartlyFilled
                    : OrderEvent.ReplaceSettledUnfilled);
        Holding holding = state.HoldingOf(in order);
        reservations.Adjust(slot, holding);
        reports.Report(slot, type);
        matcher.NoteOwn(slot, holding);
    }

    /// <summary>What the other leg of a pair, for which this one reserves, may have to pay.</summary>
    private long PartnersWorst(in OrderState order) =>
        order.Contingency == Contingency.OneCancelsOther
        && state.Orders.TryFind(order.PartnerId, out int partner)
        && !state.Orders[partner].IsFinal
            ? risk.WorstPrice(state.Instrument(order.InstrumentId), in state.Orders[partner].Terms)
            : 0;
}
