using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Risk;
using Oms.Engine.State;

namespace Oms.Engine.Orders;

/// <summary>Takes orders from clients. Each is answered by exactly one report.</summary>
internal sealed class OrderEntry(
    EngineState state,
    Outbox outbox,
    RiskLadder risk,
    LimitLadder limits,
    OrderReports reports,
    Reservations reservations,
    OrderDispatch dispatch)
{
    public void Place(in PlaceOrder command)
    {
        AccountId accountId = command.Header.AccountId;
        if (state.Orders.TryFind(accountId, command.ClientOrderId, out int known))
        {
            AnswerKnown(known, command.InstrumentId, command.Terms, command.CorrelationId);
            return;
        }

        AccountState? account = state.FindAccount(accountId);
        InstrumentState? instrument = state.FindInstrument(command.InstrumentId);
        OrderTerms terms = TrailingStops.Placed(command.Terms, instrument);
        RejectReason reason = risk.Check(
            account, instrument, in terms, command.Stamps, out Holding? holding, out long reservePrice,
            out bool isReducing);
        if (reason == RejectReason.None)
        {
            reason = OrderDispatch.CheckEntry(holding!, in terms);
        }

        if (reason != RejectReason.None)
        {
            reports.ReportRefused(
                accountId, command.ClientOrderId, command.InstrumentId, in terms, reason, command.CorrelationId);
            return;
        }

        limits.Note(holding!, in terms);
        int slot = Add(holding!, command.ClientOrderId, in terms, reservePrice, isReducing);
        dispatch.Start(slot, holding!, command.Stamps, command.CorrelationId);
    }

    /// <summary>Holds a new order, with all that it needs reserved.</summary>
    /// <param name="marks">What else is true of it.</param>
    public int Add(
        Holding holding,
        in ClientOrderId clientOrderId,
        in OrderTerms terms,
        long reservePrice,
        bool isReducing,
        OrderMarks marks = OrderMarks.None,
        OrderOrigin origin = OrderOrigin.Client,
        long exchangeOrderId = 0)
    {
        marks |= isReducing ? OrderMarks.Reducing : OrderMarks.None;
        marks |= RiskLadder.IsClosing(in terms) ? OrderMarks.Closing : OrderMarks.None;
        bool isHeld = terms.IsConditional
            || (marks & (OrderMarks.Child | OrderMarks.Successor | OrderMarks.Released)) != 0;
        // Written where it lies: an order is long, and a copy waits for its parts.
        int slot = state.Orders.Take();
        ref OrderState order = ref state.Orders[slot];
        order.OrderId = state.NextOrderId();
        order.AccountId = holding.Account.Id;
        order.InstrumentId = holding.Instrument.Id;
        order.ClientOrderId = clientOrderId;
        order.Terms = terms;
        order.Status = isHeld ? OrderStatus.Suspended : OrderStatus.PendingNew;
        order.Origin = origin;
        order.Marks = marks;
        order.IntentUnixNanos = outbox.Now;
        order.ReservePrice = reservePrice;
        order.ExchangeOrderId = exchangeOrderId;
        state.Orders.Hold(slot);
        holding.Account.Live.Append(state.Orders, slot);
        reservations.Adjust(slot, holding);
        if (terms.ExpireUnixNanos != 0)
        {
            state.Expiries.Set(slot, terms.ExpireUnixNanos);
        }

        return slot;
    }

    /// <summary>
    /// The same order again is answered with its state; another one under the same id is refused. An order
    /// that was changed since is compared with what it is now.
    /// </summary>
    public void AnswerKnown(int slot, InstrumentId instrument, in OrderTerms terms, long correlationId)
    {
        ref OrderState order = ref state.Orders[slot];
        OrderTerms asked = terms with
        {
            StopPrice = terms.Type == OrderType.TrailingStop ? order.Terms.StopPrice : terms.StopPrice,
        };
        if (order.InstrumentId == instrument && order.Terms == asked)
        {
            reports.Report(slot, ExecutionType.OrderStatus, correlationId);
        }
        else
        {
            reports.ReportRefused(
                order.AccountId, order.ClientOrderId, instrument, in terms, RejectReason.DuplicateClientOrderId,
                correlationId);
        }
    }
}
