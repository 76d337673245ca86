using Oms.Domain;

namespace Oms.Matching;

/// <summary>
/// A price-time priority limit order book over any price. Deterministic, single-threaded, and free of
/// allocation once its arrays have grown to the largest book seen.
/// </summary>
public sealed class OrderBook
{
    private readonly Dictionary<long, int> _nodeByOrderId;
    private readonly OrderQueues _queues;
    private readonly BookLadder _bids;
    private readonly BookLadder _asks;

    public OrderBook(int orderCapacity = 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(orderCapacity);
        _nodeByOrderId = new Dictionary<long, int>(orderCapacity);
        _queues = new OrderQueues(orderCapacity);
        _bids = new BookLadder(BookSide.Bid);
        _asks = new BookLadder(BookSide.Ask);
    }

    /// <summary>How many orders rest.</summary>
    public int OrderCount => _nodeByOrderId.Count;

    /// <summary>Matches what crosses, and rests the remainder.</summary>
    /// <returns>The quantity that rests; 0 when all of it traded.</returns>
    public long AddLimit<TSink>(in BookOrder order, ref TSink sink)
        where TSink : IFillSink, allows ref struct
    {
        Invariant.Holds(order.Quantity > 0);
        Invariant.Holds(!_nodeByOrderId.ContainsKey(order.OrderId));
        long leaves = Match(order, isPriceBound: true, ref sink);
        if (leaves > 0)
        {
            Rest(order with { Quantity = leaves });
        }

        return leaves;
    }

    /// <summary>Immediate or cancel: matches what crosses, and drops the remainder.</summary>
    /// <returns>The quantity that was dropped.</returns>
    public long ExecuteImmediate<TSink>(in BookOrder order, ref TSink sink)
        where TSink : IFillSink, allows ref struct
    {
        Invariant.Holds(order.Quantity > 0);
        return Match(order, isPriceBound: true, ref sink);
    }

    /// <summary>Matches at any price, and drops the remainder; the order's price is not looked at.</summary>
    /// <returns>The quantity for which there was no liquidity.</returns>
    public long ExecuteMarket<TSink>(in BookOrder order, ref TSink sink)
        where TSink : IFillSink, allows ref struct
    {
        Invariant.Holds(order.Quantity > 0);
        return Match(order, isPriceBound: false, ref sink);
    }

    /// <summary>Takes a resting order out; false when it does not rest.</summary>
    public bool TryCancel(long orderId, out BookOrder canceled)
    {
        if (!_nodeByOrderId.Remove(orderId, out int node))
        {
            canceled = default;
            return false;
        }

        canceled = _queues[node];
        LadderOf(canceled.Side).Remove(_queues, node);
        _queues.Release(node);
        return true;
    }

    /// <summary>
    /// Takes quantity from a resting order, which keeps its priority, or leaves the book when nothing
    /// remains; false when it does not rest. Taking more than rests is the caller's error.
    /// </summary>
    public bool TryReduce(long orderId, long byQuantity, out BookOrder remaining)
    {
        Invariant.Holds(byQuantity > 0);
        if (!TryGet(orderId, out remaining))
        {
            return false;
        }

        Invariant.Holds(byQuantity <= remaining.Quantity);
        if (byQuantity == remaining.Quantity)
        {
            bool isCanceled = TryCancel(orderId, out remaining);
            Invariant.Holds(isCanceled);
            remaining = remaining with { Quantity = 0 };
            return true;
        }

        int node = _nodeByOrderId[orderId];
        _queues.Reduce(node, byQuantity);
        LadderOf(remaining.Side).ReduceLevel(remaining.Price, byQuantity);
        remaining = _queues[node];
        return true;
    }

    public bool TryGet(long orderId, out BookOrder order)
    {
        bool isResting = _nodeByOrderId.TryGetValue(orderId, out int node);
        order = isResting ? _queues[node] : default;
        return isResting;
    }

    /// <summary>The best level of a side; false when the side is empty.</summary>
    public bool TryGetBest(BookSide side, out BookLevel level) => LadderOf(side).TryGetBest(out level);

    /// <summary>What rests at a price; 0 when nothing does.</summary>
    public long QuantityAt(BookSide side, long price) => LadderOf(side).QuantityAt(price);

    /// <summary>How many prices of a side hold orders.</summary>
    public int LevelCount(BookSide side) => LadderOf(side).Count;

    /// <summary>Copies levels from the best on, as many as fit; returns how many.</summary>
    public int CopyLevels(BookSide side, Span<BookLevel> levels) => LadderOf(side).CopyTo(levels);

    /// <summary>The resting orders of a side in the order in which they would trade.</summary>
    public OrderSequence Orders(BookSide side) => new(LadderOf(side), _queues);

    private BookLadder LadderOf(BookSide side) => side == BookSide.Bid ? _bids : _asks;

    private long Match<TSink>(in BookOrder taker, bool isPriceBound, ref TSink sink)
        where TSink : IFillSink, allows ref struct
    {
        BookLadder makers = taker.Side == BookSide.Bid ? _asks : _bids;
        long leaves = taker.Quantity;
        while (leaves > 0 && makers.TryGetBest(out BookLevel best)
            && (!isPriceBound || makers.IsReachedBy(best.Price, taker.Price)))
        {
            int node = makers.BestHead;
            BookOrder maker = _queues[node];
            long quantity = Math.Min(leaves, maker.Quantity);
            leaves -= quantity;
            if (quantity == maker.Quantity)
            {
                _ = _nodeByOrderId.Remove(maker.OrderId);
                makers.RemoveBestHead(_queues);
                _queues.Release(node);
            }
            else
            {
                _queues.Reduce(node, quantity);
                makers.ReduceBest(quantity);
            }

            sink.OnFill(
                new Fill(maker.OrderId, taker.OrderId, maker.Price, quantity, maker.Quantity - quantity));
        }

        return leaves;
    }

    private void Rest(in BookOrder order)
    {
        int node = _queues.Rent(order);
        LadderOf(order.Side).Append(_queues, node);
        _nodeByOrderId.Add(order.OrderId, node);
    }
}
