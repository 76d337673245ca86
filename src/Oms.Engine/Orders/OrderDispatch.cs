using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Engine.Crossing;
using Oms.Engine.Holdings;
using Oms.Engine.Risk;
using Oms.Engine.State;
using Oms.Engine.Triggers;

namespace Oms.Engine.Orders;

/// <summary>
/// Sends an accepted order where it belongs: into the watch of its instrument when it waits for a price, into
/// the book where it is matched here, and to its account's connector otherwise.
/// </summary>
internal sealed class OrderDispatch(
    EngineState state,
    RiskLadder risk,
    LimitLadder limits,
    OrderReports reports,
    Reservations reservations,
    ConnectorRequests requests,
    Matcher matcher)
{
    /// <summary>What only the market can say of an order, asked before it is accepted.</summary>
    public static RejectReason CheckEntry(Holding holding, in OrderTerms terms)
    {
        InstrumentState instrument = holding.Instrument;
        if (terms.IsConditional)
        {
            long price = instrument.Prices.Watched(terms.TriggerSource, terms.Side);
            bool isUnknown = price <= 0 || terms.StopPrice <= 0;
            return isUnknown || TriggerWatch.IsReached(in terms, price)
                ? RejectReason.WouldTriggerAtOnce
                : RejectReason.None;
        }

        return Matcher.CheckEntry(holding, in terms);
    }

    /// <summary>Sends an order that was just accepted on its way, or holds it.</summary>
    public void Start(int slot, Holding holding, in CommandStamps stamps, long correlationId)
    {
        ref OrderState order = ref state.Orders[slot];
        if (!order.IsHeld)
        {
            if (!holding.Instrument.IsMatchedHere)
            {
                reports.Report(slot, ExecutionType.PendingNew, correlationId);
            }

            Send(slot, holding, in stamps, correlationId);
            return;
        }

        if (order.Terms.IsConditional)
        {
            holding.Instrument.Watch.Add(state.Orders, slot);
        }

        reports.Report(slot, ExecutionType.Suspended, correlationId);
    }

    /// <summary>
    /// Lets a held order go, if risk still does; otherwise it is refused. False when it was refused.
    /// </summary>
    public bool Release(int slot, Holding holding)
    {
        ref OrderState order = ref state.Orders[slot];
        order.Clear(OrderMarks.Shadow);
        RejectReason reason =
            risk.CheckRelease(holding, in order, out long reservePrice, out bool isReducing);
        if (reason == RejectReason.None)
        {
            reason = Matcher.CheckEntry(holding, order.Terms with { Quantity = order.LeavesQuantity });
        }

        if (reason != RejectReason.None)
        {
            Refuse(slot, reason);
            return false;
        }

        if (order.Has(OrderMarks.Successor))
        {
            limits.Note(holding, in order.Terms);
        }

        order.ReservePrice = reservePrice;
        reservations.SetReducing(slot, holding, isReducing);
        _ = reports.Advance(slot, OrderEvent.Triggered);
        reports.Report(slot, ExecutionType.Triggered);
        Send(slot, holding, default, correlationId: 0);
        return true;
    }

    /// <summary>Ends a held order that may not go.</summary>
    public void Refuse(int slot, RejectReason reason)
    {
        _ = reports.Advance(slot, OrderEvent.Refused);
        reservations.Adjust(slot);
        reports.ReportRejected(slot, reason, exchangeErrorCode: 0, default);
    }

    private void Send(int slot, Holding holding, in CommandStamps stamps, long correlationId)
    {
        state.Orders[slot].Set(OrderMarks.Sent);
        if (holding.Instrument.IsMatchedHere)
        {
            matcher.Enter(slot, holding, correlationId);
            return;
        }

        matcher.NoteOwn(slot, holding);
        requests.Submit(in state.Orders[slot], in stamps);
    }
}
