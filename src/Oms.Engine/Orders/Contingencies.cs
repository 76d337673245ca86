using Oms.Domain.Ids;
using Oms.Domain.Orders;
using Oms.Engine.Holdings;
using Oms.Engine.Risk;
using Oms.Engine.State;
using Oms.Engine.Triggers;

namespace Oms.Engine.Orders;

/// <summary>
/// What happens to orders because of other orders. Of a pair one is at the exchange at a time: before the
/// other goes, the first is canceled and has said what it filled, so that the two never fill more than one.
/// </summary>
internal sealed class Contingencies(
    EngineState state,
    Outbox outbox,
    OrderReports reports,
    Reservations reservations,
    OrderDispatch dispatch,
    Cancellation cancellation,
    EmergencyExit exit)
{
    /// <summary>A fill of the order was booked.</summary>
    public void Filled(OrderId id)
    {
        if (!state.Orders.TryFind(id, out int slot))
        {
            return;
        }

        ref OrderState order = ref state.Orders[slot];
        if (IsParent(in order))
        {
            SizeChildren(slot);
        }
        else if (order.SharedQuantity > 0 && state.Orders.TryFind(order.PartnerId, out int partner))
        {
            ShrinkPartner(slot, partner);
        }
    }

    /// <summary>The order is final.</summary>
    public void Ended(OrderId id)
    {
        if (!state.Orders.TryFind(id, out int slot))
        {
            return;
        }

        ref OrderState order = ref state.Orders[slot];
        if (IsParent(in order))
        {
            EndParent(slot);
            return;
        }

        if (state.Orders.TryFind(order.PartnerId, out int partner) && !state.Orders[partner].IsFinal)
        {
            EndLeg(slot, partner);
        }

        if (order.Status == OrderStatus.Expired && !order.Has(OrderMarks.Expiring))
        {
            exit.CloseWhatExpired(slot);
        }
    }

    /// <summary>The price that a held order waited for was seen.</summary>
    public void Fired(OrderId id)
    {
        if (state.Orders.TryFind(id, out int slot) && state.Orders[slot].IsHeld)
        {
            TryRelease(slot);
        }
    }

    /// <summary>Whether others are worth what it fills, or take its place.</summary>
    public static bool IsParent(in OrderState order) =>
        order.Contingency is Contingency.OneTriggersOther or Contingency.Bracket
        && !order.Has(OrderMarks.Child | OrderMarks.Successor);

    private void EndParent(int slot)
    {
        OrderId next = state.Orders[slot].PartnerId;
        for (int leg = 0; leg < 2 && state.Orders.TryFind(next, out int child); leg++)
        {
            next = state.Orders[child].PartnerId;
            if (!state.Orders[child].IsHeld)
            {
                continue;
            }

            if (state.Orders[child].Has(OrderMarks.Successor))
            {
                EndOriginal(slot, child);
            }
            else
            {
                StartChild(slot, child);
            }
        }
    }

    /// <summary>The first order fills no more: what it is worth now, a child stays worth.</summary>
    private void StartChild(int parent, int child)
    {
        Size(parent, child);
        ref OrderState order = ref state.Orders[child];
        if (order.LeavesQuantity <= 0)
        {
            cancellation.Cancel(child, correlationId: null);
        }
        else if (order.Has(OrderMarks.Released) || !order.Terms.IsConditional)
        {
            order.Set(OrderMarks.Released);
            TryRelease(child);
        }
    }

    /// <summary>An order that was to be replaced ended: only where it was canceled does the other go.</summary>
    private void EndOriginal(int original, int successor)
    {
        if (state.Orders[original].Status == OrderStatus.Canceled)
        {
            ref OrderState order = ref state.Orders[successor];
            _ = dispatch.Release(successor, state.HoldingOf(in order));
            // From now on it is an order like any other.
            order.Clear(OrderMarks.Successor);
            order.Contingency = Contingency.None;
        }
        else
        {
            dispatch.Refuse(successor, RejectReason.OrderAlreadyFinal);
        }
    }

    private void EndLeg(int slot, int partner)
    {
        if (state.Orders[slot].Status == OrderStatus.Filled)
        {
            cancellation.Cancel(partner, correlationId: null);
            return;
        }

        // What the ended leg had reserved for both, the other now needs alone, and no longer at the dearer price.
        ref OrderState order = ref state.Orders[partner];
        Holding holding = state.HoldingOf(in order);
        order.Clear(OrderMarks.Shadow);
        bool hasOwnPrice = !order.Terms.IsAtMarket && !order.Has(OrderMarks.Replacing);
        order.ReservePrice = hasOwnPrice ? order.Terms.Price : order.ReservePrice;
        reservations.Adjust(partner, holding);
        state.NoteReduced(holding, order.Terms.PositionSide, before: SignOfClosed(in order));
        if (order.Has(OrderMarks.Released) && order.IsHeld)
        {
            TryRelease(partner);
        }
    }

    /// <summary>
    /// Lets a held order go, once what must not work beside it has ended and its account may send it.
    /// </summary>
    private void TryRelease(int slot)
    {
        ref OrderState order = ref state.Orders[slot];
        Holding holding = state.HoldingOf(in order);
        bool isBlocked = Block(order.PartnerId) | Block(order.ParentId)
            | (order.Origin == OrderOrigin.Emergency && exit.IsInTheWay(holding, in order.Terms));
        bool isOpen =
            EngineState.IsOpenFor(holding.Account, holding.Instrument, RiskLadder.IsClosing(in order.Terms));
        if (!isBlocked && isOpen)
        {
            _ = dispatch.Release(slot, holding);
        }
    }

    /// <summary>
    /// Ends an order that must end first; true while it may still fill at the exchange.
    /// </summary>
    private bool Block(OrderId id)
    {
        if (!state.Orders.TryFind(id, out int slot) || state.Orders[slot].IsFinal)
        {
            return false;
        }

        bool isOut = state.Orders[slot].Has(OrderMarks.Sent);
        bool isStop = state.Orders[slot].IsHeld && state.Orders[slot].Terms.IsConditional;
        if (!isStop)
        {
            cancellation.EndForGood(slot);
        }

        return isOut && !state.Orders[slot].IsFinal;
    }

    private void SizeChildren(int parent)
    {
        OrderId next = state.Orders[parent].PartnerId;
        for (int leg = 0; leg < 2 && state.Orders.TryFind(next, out int child); leg++)
        {
            next = state.Orders[child].PartnerId;
            if (state.Orders[child].Has(OrderMarks.Child) && state.Orders[child].IsHeld)
            {
                Size(parent, child);
            }
        }
    }

    /// <summary>
    /// A child is worth what its first order filled, less what was taken of it as fee and what its partner
    /// has closed, in whole lots.
    /// </summary>
    private void Size(int parent, int child)
    {
        ref OrderState first = ref state.Orders[parent];
        ref OrderState order = ref state.Orders[child];
        Holding holding = state.HoldingOf(in order);
        InstrumentState instrument = holding.Instrument;
        long fees = first.Terms.IsBuy && !instrument.IsFutures ? first.BaseFees : 0;
        long closed = state.Orders.TryFind(order.PartnerId, out int partner)
            ? state.Orders[partner].CumulativeQuantity
            : 0;
        order.SharedQuantity = instrument.LotsIn(instrument.BaseAmountOf(first.CumulativeQuantity) - fees);
        long quantity = order.SharedQuantity - closed;
        if (quantity <= order.Terms.Quantity)
        {
            return;
        }

        order.Terms = order.Terms with { Quantity = quantity };
        reservations.Adjust(child, holding);
        state.NoteReduced(holding, order.Terms.PositionSide, before: SignOfClosed(in order));
        if (order.Terms.IsConditional && !order.Has(OrderMarks.Watched | OrderMarks.Released))
        {
            Watch(child, instrument);
        }

        reports.Report(child, ExecutionType.Restated);
    }

    /// <summary>
    /// A position such as an order closes: where its first order only made another smaller, there is none, and it
    /// needs margin.
    /// </summary>
    private static long SignOfClosed(in OrderState order) => order.Terms.IsBuy ? -1 : 1;

    /// <summary>
    /// From now on it waits for its price; if that is there already, it goes at once. A price from long ago
    /// lets nothing go: the next one will.
    /// </summary>
    private void Watch(int slot, InstrumentState instrument)
    {
        ref OrderState order = ref state.Orders[slot];
        order.Terms = TrailingStops.Placed(in order.Terms, instrument);
        long price = instrument.Prices.Watched(order.Terms.TriggerSource, order.Terms.Side);
        long age = outbox.Now - instrument.Prices.WatchedUnixNanos(order.Terms.TriggerSource);
        bool isFresh = price > 0
            && (instrument.IsMatchedHere || age <= state.Limits.ReferencePriceAgeMaxNanos);
        if (isFresh && TriggerWatch.IsReached(in order.Terms, price))
        {
            order.Set(OrderMarks.Released);
            state.Agenda.Add(Consequence.Fired, order.OrderId.Value);
        }
        else
        {
            instrument.Watch.Add(state.Orders, slot);
        }
    }

    /// <summary>What one leg fills, the other no longer may; what both filled beyond goes back.</summary>
    private void ShrinkPartner(int slot, int partner)
    {
        ref OrderState order = ref state.Orders[slot];
        ref OrderState other = ref state.Orders[partner];
        long left = order.SharedQuantity - order.CumulativeQuantity;
        long beyond = other.CumulativeQuantity - left - order.TakenBack - other.TakenBack;
        if (beyond > 0)
        {
            order.TakenBack += beyond;
            exit.TakeBack(slot, beyond);
        }

        if (other.IsFinal || left >= other.Terms.Quantity)
        {
            return;
        }

        if (left <= other.CumulativeQuantity)
        {
            cancellation.EndForGood(partner);
        }
        else if (other.IsHeld)
        {
            // One at the exchange already is left to work: canceled, it would protect nothing.
            other.Terms = other.Terms with { Quantity = left };
            reservations.Adjust(partner);
            reports.Report(partner, ExecutionType.Restated);
        }
    }
}
