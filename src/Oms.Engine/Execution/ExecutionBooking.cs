using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Crossing;
using Oms.Engine.Halting;
using Oms.Engine.Holdings;
using Oms.Engine.Orders;
using Oms.Engine.Reconciliation;
using Oms.Engine.State;

namespace Oms.Engine.Execution;

/// <summary>
/// Takes in what exchanges say of orders: each trade once, whatever the way and the order in which it comes;
/// a final status only when the fills that it counts are booked. Of what is matched here no exchange says
/// anything.
/// </summary>
internal sealed class ExecutionBooking(
    EngineState state,
    OrderReports reports,
    Reservations reservations,
    ConnectorRequests requests,
    FillBooking fills,
    Cancellation cancellation,
    Amendment amendment,
    OrderDispatch dispatch,
    ExternalOrders external,
    Matcher matcher,
    Halts halts,
    EvidenceRounds rounds)
{
    public void Apply(in OrderSeen seen)
    {
        if (!TryFind(seen.OrderId, seen.Header.AccountId, out int slot)
            && !external.TryFind(seen.Header.AccountId, seen.InstrumentId, seen.ExchangeOrderId, out slot)
            && !external.TryAdopt(in seen, out slot))
        {
            return;
        }

        Show(slot, seen.ExchangeOrderId);
        ref OrderState order = ref state.Orders[slot];
        long stated = seen.Status == ExchangeOrderStatus.Filled && seen.CumulativeQuantity == 0
            ? order.Terms.Quantity
            : seen.CumulativeQuantity;
        order.SeenCumulativeQuantity = Math.Max(order.SeenCumulativeQuantity, stated);
        bool areTermsNew = TakeTerms(slot, in seen);
        bool areStagesNew = seen.Source == EvidenceSource.Reply
            && !order.Has(OrderMarks.StagesTold)
            && seen.Stamps is { ReplyReceived: not 0, FastPathPolled: not 0 };
        ExecutionType? happened = seen.Status switch
        {
            ExchangeOrderStatus.New or ExchangeOrderStatus.PartiallyFilled => Work(slot, seen.Source),
            ExchangeOrderStatus.Filled or ExchangeOrderStatus.Canceled or ExchangeOrderStatus.Expired
                or ExchangeOrderStatus.Rejected => End(slot, seen.Status),
        };
        happened ??= areTermsNew ? ExecutionType.Restated : null;
        if (areStagesNew)
        {
            reports.ReportStages(slot, happened ?? ExecutionType.OrderStatus, seen.Stamps);
        }
        else if (happened is { } type)
        {
            Report(slot, type);
        }

        cancellation.SendWanted(slot);
        CancelIfHalted(slot);
    }

    public void Apply(in TradeSeen trade)
    {
        AccountId account = trade.Header.AccountId;
        if (!TryFind(trade.OrderId, account, out int slot)
            && !external.TryFind(account, trade.InstrumentId, trade.ExchangeOrderId, out slot))
        {
            bool isBooked = state.Fills.Has(account, trade.InstrumentId, trade.Side, trade.TradeId);
            if (isBooked || !external.TryAdopt(in trade, out slot))
            {
                return;
            }
        }

        ref OrderState order = ref state.Orders[slot];
        Holding holding = state.HoldingOf(in order);
        if (!fills.IsBookable(in order, in trade, holding))
        {
            state.TradesNotBookable++;
            return;
        }

        if (!state.Fills.TryAdd(in order, trade.TradeId))
        {
            return;
        }

        Show(slot, trade.ExchangeOrderId);
        if (order.Has(OrderMarks.TermsUnknown))
        {
            long quantity = Math.Max(order.Terms.Quantity, order.CumulativeQuantity + trade.Quantity);
            order.Terms = order.Terms with { Quantity = quantity };
        }

        fills.Book(slot, in trade, holding);
        matcher.NoteOwn(slot, holding);
        if (order.Origin == OrderOrigin.External)
        {
            rounds.CheckSoon(holding.Account);
        }

        rounds.CheckWhatIsTraded(holding);

        if (order.SeenFinalStatus != 0
            && order.CumulativeQuantity >= order.SeenCumulativeQuantity
            && End(slot, order.SeenFinalStatus) is { } type)
        {
            Report(slot, type);
        }
    }

    /// <summary>An order from elsewhere that shows while a halt is under way ends with the others.</summary>
    private void CancelIfHalted(int slot)
    {
        ref OrderState order = ref state.Orders[slot];
        if (order.Origin == OrderOrigin.External
            && !order.IsFinal
            && halts.IsPending(state.Account(order.AccountId)))
        {
            cancellation.Cancel(slot, correlationId: null);
        }
    }

    public void Apply(in OrderRefused refused)
    {
        if (TryFindSent(refused.OrderId, refused.Header.AccountId, out int slot)
            && !state.Orders[slot].Has(OrderMarks.Acknowledged)
            && reports.Advance(slot, OrderEvent.Refused))
        {
            reports.ReportRejected(slot, refused.Reason, refused.ExchangeErrorCode, refused.Stamps);
            Leave(slot);
        }
    }

    public void Apply(in OrderOutcomeUnknown unknown)
    {
        if (!TryFindSent(unknown.OrderId, unknown.Header.AccountId, out int slot))
        {
            return;
        }

        ref OrderState order = ref state.Orders[slot];
        if (!order.Has(OrderMarks.Acknowledged) && reports.Advance(slot, OrderEvent.OutcomeUnknown))
        {
            reports.Report(slot, ExecutionType.Unknown);
        }

        if (!order.IsFinal)
        {
            requests.Resolve(in order, evidenceId: 0);
        }
    }

    public void Apply(in OrderAbsent absent)
    {
        if (TryFindSent(absent.OrderId, absent.Header.AccountId, out int slot)
            && !state.Orders[slot].Has(OrderMarks.Acknowledged)
            && reports.Advance(slot, OrderEvent.ProvenAbsent))
        {
            reports.ReportRejected(slot, RejectReason.NeverReachedExchange, exchangeErrorCode: 0, default);
            Leave(slot);
        }
    }

    public void Apply(in CancelRefused refused)
    {
        if (!TryFindSent(refused.OrderId, refused.Header.AccountId, out int slot) || state.Orders[slot].IsFinal)
        {
            return;
        }

        ref OrderState order = ref state.Orders[slot];
        bool isRestored = UndoCancel(slot);
        reports.ReportCancelRejected(
            order.AccountId, in order, refused.Reason, refused.ExchangeErrorCode, correlationId: 0);
        if (isRestored)
        {
            reports.Report(slot, ExecutionType.Restated);
        }

        if (cancellation.TryFindSuccessor(slot, out int successor))
        {
            dispatch.Refuse(successor, RejectReason.ReplaceNotPossible);
        }

        cancellation.RepeatLater(slot);
        requests.Resolve(in order, evidenceId: 0);
    }

    public void Apply(in AmendRefused refused)
    {
        if (!TryFindSent(refused.OrderId, refused.Header.AccountId, out int slot)
            || !state.Orders[slot].Has(OrderMarks.Replacing))
        {
            return;
        }

        ref OrderState order = ref state.Orders[slot];
        reports.ReportCancelRejected(
            order.AccountId, in order, refused.Reason, refused.ExchangeErrorCode, correlationId: 0);
        if (refused.Reason != RejectReason.ConnectorDown)
        {
            amendment.Refuse(slot);
        }
        else
        {
            Amendment.Doubt(ref order);
        }

        // Whether it was made after all is asked: only the exchange knows what it works with.
        requests.Resolve(in order, evidenceId: 0);
    }

    /// <summary>The cancel ended nothing: the order works as before it, or waits for its change as before it.</summary>
    private bool UndoCancel(int slot)
    {
        ref OrderState order = ref state.Orders[slot];
        bool isUndone = reports.Advance(
            slot,
            order.CumulativeQuantity > 0
                ? OrderEvent.CancelRefusedPartlyFilled
                : OrderEvent.CancelRefusedUnfilled);
        if (isUndone && order.Has(OrderMarks.Replacing))
        {
            _ = reports.Advance(slot, OrderEvent.ReplaceRequested);
        }

        return isUndone;
    }

    /// <summary>The exchange has shown that it has the order, even one that is held here.</summary>
    private void Show(int slot, long exchangeOrderId)
    {
        ref OrderState order = ref state.Orders[slot];
        if (order.IsHeld)
        {
            order.Clear(OrderMarks.Shadow);
            order.Set(OrderMarks.Sent);
            _ = reports.Advance(slot, OrderEvent.Acknowledged);
            Holding holding = state.HoldingOf(in order);
            reservations.Adjust(slot, holding);
            matcher.NoteOwn(slot, holding);
            reports.Report(slot, ExecutionType.New);
        }

        order.Set(OrderMarks.Acknowledged);
        if (order.Origin != OrderOrigin.External && exchangeOrderId != 0)
        {
            order.ExchangeOrderId = exchangeOrderId;
        }
    }

    /// <summary>The terms in which the exchange works the order, where it states them.</summary>
    /// <returns>Whether an order from elsewhere has others now, which nobody was told of.</returns>
    private bool TakeTerms(int slot, in OrderSeen seen)
    {
        ref OrderState order = ref state.Orders[slot];
        bool areNew = false;
        if (order.Origin == OrderOrigin.External && !order.Has(OrderMarks.Replacing))
        {
            areNew = external.Restate(slot, seen.Terms);
            matcher.NoteOwn(slot, state.HoldingOf(in order));
        }
        else
        {
            amendment.Settle(slot, seen.Terms, seen.Source == EvidenceSource.Query);
        }

        bool isComplete = order.CumulativeQuantity > 0
            && order.LeavesQuantity <= 0
            && !order.Has(OrderMarks.Replacing | OrderMarks.TermsUnknown);
        if (isComplete && reports.Advance(slot, OrderEvent.CompletingFill))
        {
            reports.Report(slot, ExecutionType.Restated);
            Leave(slot);
            return false;
        }

        return areNew;
    }

    private void Report(int slot, ExecutionType type)
    {
        if (type == ExecutionType.Rejected)
        {
            reports.ReportRejected(slot, RejectReason.ExchangeRefused, exchangeErrorCode: 0, default);
        }
        else
        {
            reports.Report(slot, type);
        }
    }

    /// <summary>The order works at the exchange. What is to be reported of it; null for nothing.</summary>
    private ExecutionType? Work(int slot, EvidenceSource source)
    {
        ref OrderState order = ref state.Orders[slot];
        if (order.IsFinal)
        {
            return null;
        }

        // A query that still finds the order working, with no cancel under way any more, undoes a pending
        // cancel; what must end is canceled again.
        bool isCancelLost = source == EvidenceSource.Query
            && order.Status == OrderStatus.PendingCancel
            && !order.Has(OrderMarks.CancelWanted);
        if (isCancelLost && (order.Has(OrderMarks.MustEnd) || cancellation.TryFindSuccessor(slot, out _)))
        {
            requests.Cancel(in order);
            return null;
        }

        if (!(isCancelLost ? UndoCancel(slot) : reports.Advance(slot, OrderEvent.Acknowledged)))
        {
            return null;
        }

        if (order.CumulativeQuantity > 0 && order.Status == OrderStatus.New)
        {
            _ = reports.Advance(slot, OrderEvent.PartialFill);
        }

        return isCancelLost ? ExecutionType.Restated : ExecutionType.New;
    }

    /// <summary>The order ended at the exchange. What is to be reported of it; null for nothing.</summary>
    private ExecutionType? End(int slot, ExchangeOrderStatus status)
    {
        ref OrderState order = ref state.Orders[slot];
        if (order.IsFinal)
        {
            return null;
        }

        if (order.CumulativeQuantity < order.SeenCumulativeQuantity)
        {
            // Fills are missing: the status waits for them.
            bool isAskedFor = order.SeenFinalStatus != 0;
            order.SeenFinalStatus = status;
            if (!isAskedFor)
            {
                requests.Resolve(in order, evidenceId: 0);
            }

            return null;
        }

        order.SeenFinalStatus = 0;
        (OrderEvent orderEvent, ExecutionType type) = EndOf(in order, status);
        if (!reports.Advance(slot, orderEvent))
        {
            return null;
        }

        if (status == ExchangeOrderStatus.Filled)
        {
            // The exchange counts it as filled with less: its own prevention of self-trades took the rest.
            order.Terms = order.Terms with { Quantity = order.CumulativeQuantity };
        }

        Leave(slot);
        return type;
    }

    private static (OrderEvent OrderEvent, ExecutionType Type) EndOf(
        in OrderState order, ExchangeOrderStatus status)
    {
        bool isWorking = order.Status is OrderStatus.New or OrderStatus.PartiallyFilled;
        bool isExpiring = order.Has(OrderMarks.Expiring);
        return status switch
        {
            ExchangeOrderStatus.Filled => (OrderEvent.CompletingFill, ExecutionType.Restated),
            ExchangeOrderStatus.Canceled when !isExpiring => (OrderEvent.CancelConfirmed, ExecutionType.Canceled),
            // An exchange that rejects what it worked has ended it: that is no refusal of the intent.
            ExchangeOrderStatus.Rejected when !isWorking => (OrderEvent.Refused, ExecutionType.Rejected),
            ExchangeOrderStatus.Canceled or ExchangeOrderStatus.Expired or ExchangeOrderStatus.Rejected
                or ExchangeOrderStatus.New or ExchangeOrderStatus.PartiallyFilled =>
                (OrderEvent.ExpiryConfirmed, ExecutionType.Expired),
        };
    }

    /// <summary>A final order gives back what it had reserved.</summary>
    private void Leave(int slot)
    {
        Holding holding = state.HoldingOf(in state.Orders[slot]);
        matcher.NoteOwn(slot, holding);
        reservations.Adjust(slot, holding);
    }

    private bool TryFind(OrderId id, AccountId account, out int slot) =>
        state.Orders.TryFind(id, out slot)
        && state.Orders[slot].AccountId == account
        && !state.Instrument(state.Orders[slot].InstrumentId).IsMatchedHere;

    /// <summary>Finds an order that the exchange can have heard of.</summary>
    private bool TryFindSent(OrderId id, AccountId account, out int slot) =>
        TryFind(id, account, out slot) && state.Orders[slot].Has(OrderMarks.Sent);
}
