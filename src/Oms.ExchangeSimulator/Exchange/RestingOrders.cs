using Oms.Domain;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Changes a market's book by the ids of its orders.</summary>
internal sealed class RestingOrders(OrderBook book)
{
    private readonly Dictionary<long, OrderHandle> _handles = [];

    /// <summary>Matches what crosses, and rests the remainder.</summary>
    /// <returns>The quantity that rests; 0 when all of it traded.</returns>
    public long AddLimit(in BookOrder order, FillList fills)
    {
        Placement placement = Place(order, fills);
        if (placement.Outcome == PlacementOutcome.Rested)
        {
            _handles.Add(order.OrderId, placement.Handle);
        }

        return placement.LeavesQuantity;
    }

    /// <summary>Matches at any price, and drops the remainder; the order's price is not looked at.</summary>
    /// <returns>The quantity for which there was no liquidity.</returns>
    public long ExecuteMarket(in BookOrder order, FillList fills)
    {
        BookOrder arriving = order with
        {
            Price = BookOrder.AnyPrice(order.Side), Rule = MatchingRule.ImmediateOrCancel,
        };
        return Place(arriving, fills).LeavesQuantity;
    }

    /// <summary>Takes an order out, which rests.</summary>
    /// <returns>What was left of it.</returns>
    public long Cancel(long orderId)
    {
        bool isHeld = _handles.Remove(orderId, out OrderHandle handle);
        Invariant.Holds(isHeld);
        bool isCanceled = book.TryCancel(handle, orderId, out long canceledQuantity);
        Invariant.Holds(isCanceled);
        return canceledQuantity;
    }

    /// <summary>Takes quantity from an order, which rests and has as much.</summary>
    public void Reduce(long orderId, long byQuantity)
    {
        bool isReduced = book.TryReduce(_handles[orderId], orderId, byQuantity, out long leavesQuantity);
        Invariant.Holds(isReduced);
        if (leavesQuantity == 0)
        {
            _ = _handles.Remove(orderId);
        }
    }

    public bool TryGet(long orderId, out RestingOrder order)
    {
        order = default;
        return _handles.TryGetValue(orderId, out OrderHandle handle)
            && book.TryGet(handle, orderId, out order);
    }

    private Placement Place(in BookOrder order, FillList fills)
    {
        int before = fills.Fills.Count;
        Placement placement = book.Place(order, ref fills);
        foreach (Fill fill in fills.Fills.Skip(before).Where(fill => fill.MakerLeavesQuantity == 0))
        {
            bool isHeld = _handles.Remove(fill.MakerOrderId);
            Invariant.Holds(isHeld);
        }

        return placement;
    }
}
