namespace Oms.Matching.Tests;

/// <summary>
/// The oracle: a list of orders at each price, in collections that sort themselves. It answers by doing:
/// whether an order would fill it finds out on a copy of itself.
/// </summary>
internal sealed class NaiveOrderBook
{
    private readonly SortedDictionary<long, List<NaiveOrder>> _bids = new(Descending);
    private readonly SortedDictionary<long, List<NaiveOrder>> _asks = [];

    private static Comparer<long> Descending => Comparer<long>.Create((one, other) => other.CompareTo(one));

    public List<BookEvent> Events { get; } = [];

    public (PlacementOutcome Outcome, long LeavesQuantity) Place(in BookOrder order)
    {
        switch (order.Rule)
        {
            case MatchingRule.PostOnly when WouldTrade(order.Side, order.Price):
                return (PlacementOutcome.WouldTrade, order.Quantity);
            case MatchingRule.FillOrKill when !WouldFill(order):
                return (PlacementOutcome.Unfillable, order.Quantity);
        }

        (long leaves, bool isPrevented) = Match(order);
        if (isPrevented)
        {
            return (PlacementOutcome.SelfTradePrevented, leaves);
        }

        if (leaves == 0)
        {
            return (PlacementOutcome.Filled, 0);
        }

        if (order.Rule == MatchingRule.ImmediateOrCancel)
        {
            return (PlacementOutcome.Dropped, leaves);
        }

        bool isIceberg = order.DisplayQuantity > 0 && order.DisplayQuantity < leaves;
        long shown = isIceberg ? order.DisplayQuantity : leaves;
        Rest(new RestingOrder(
            order.OrderId, order.Side, order.Price, shown, leaves - shown, isIceberg ? shown : 0,
            order.Owner));
        return (PlacementOutcome.Rested, leaves);
    }

    public void Rest(in RestingOrder order)
    {
        SortedDictionary<long, List<NaiveOrder>> levels = LevelsOf(order.Side);
        if (!levels.TryGetValue(order.Price, out List<NaiveOrder>? queue))
        {
            levels.Add(order.Price, queue = []);
        }

        queue.Add(new NaiveOrder(order));
    }

    /// <summary>What was left of the order; 0 when it was not there.</summary>
    public long Cancel(long orderId)
    {
        long quantity = Find(orderId)?.Quantity ?? 0;
        Remove(orderId);
        return quantity;
    }

    /// <summary>What is left of the order, which is there.</summary>
    public long Reduce(long orderId, long byQuantity)
    {
        NaiveOrder order = OrderOf(orderId)!;
        order.Reduce(byQuantity);
        if (order.Quantity == 0)
        {
            Remove(orderId);
        }

        return order.Quantity;
    }

    public RestingOrder? Find(long orderId) => OrderOf(orderId)?.Read();

    public List<RestingOrder> Orders(BookSide side) =>
        [.. LevelsOf(side).Values.SelectMany(queue => queue).Select(order => order.Read())];

    public List<RestingOrder> OrdersMetBy(BookSide side, long price) =>
        [.. Orders(Opposite(side)).TakeWhile(maker => Crosses(side, price, maker.Price))];

    public List<BookLevel> Levels(BookSide side) =>
    [
        .. LevelsOf(side).Select(
            level => new BookLevel(level.Key, level.Value.Sum(order => order.ShownQuantity))),
    ];

    public bool WouldTrade(BookSide side, long price) => OrdersMetBy(side, price).Count > 0;

    private static BookSide Opposite(BookSide side) => side == BookSide.Bid ? BookSide.Ask : BookSide.Bid;

    private static bool Crosses(BookSide takerSide, long takerPrice, long makerPrice) =>
        takerSide == BookSide.Bid ? makerPrice <= takerPrice : makerPrice >= takerPrice;

    private static bool IsSame(OrderOwner one, OrderOwner other, SelfTradeScope scope) =>
        scope == SelfTradeScope.Group
            ? one.Group != 0 && one.Group == other.Group
            : one.Account != 0 && one.Account == other.Account;

    private SortedDictionary<long, List<NaiveOrder>> LevelsOf(BookSide side) =>
        side == BookSide.Bid ? _bids : _asks;

    private bool WouldFill(in BookOrder order)
    {
        NaiveOrderBook copy = Copy();
        _ = copy.Match(order);
        return order.Quantity == copy.Events
            .Where(happened => happened.Kind == BookEvent.Word.Filled)
            .Sum(fill => fill.Quantity);
    }

    private NaiveOrderBook Copy()
    {
        NaiveOrderBook copy = new();
        foreach (RestingOrder order in Orders(BookSide.Bid).Concat(Orders(BookSide.Ask)))
        {
            copy.Rest(order);
        }

        return copy;
    }

    private (long LeavesQuantity, bool IsPrevented) Match(in BookOrder taker)
    {
        long leaves = taker.Quantity;
        SortedDictionary<long, List<NaiveOrder>> levels = LevelsOf(Opposite(taker.Side));
        while (leaves > 0 && levels.Count > 0 && Crosses(taker.Side, taker.Price, levels.First().Key))
        {
            NaiveOrder maker = levels.First().Value[0];
            if (taker.SelfTradeMode == SelfTradeMode.None
                || !IsSame(taker.Owner, maker.Owner, taker.SelfTradeScope))
            {
                leaves -= Trade(maker, taker.OrderId, leaves);
                continue;
            }

            leaves -= Prevent(maker, taker, leaves);
            if (leaves == 0 || taker.SelfTradeMode is SelfTradeMode.CancelNewest or SelfTradeMode.CancelBoth)
            {
                return (leaves, true);
            }
        }

        return (leaves, false);
    }

    private long Trade(NaiveOrder maker, long takerOrderId, long quantityMax)
    {
        long quantity = Math.Min(quantityMax, maker.ShownQuantity);
        maker.Trade(quantity);
        Events.Add(new BookEvent(
            BookEvent.Word.Filled, maker.OrderId, takerOrderId, maker.Price, quantity, maker.Quantity));
        if (maker.ShownQuantity > 0)
        {
            return quantity;
        }

        Remove(maker.OrderId);
        if (maker.HiddenQuantity > 0)
        {
            maker.Replenish();
            Rest(maker.Read());
            Events.Add(new BookEvent(
                BookEvent.Word.Replenished, maker.OrderId, 0, maker.Price, maker.ShownQuantity,
                maker.HiddenQuantity));
        }

        return quantity;
    }

    /// <summary>What the taker loses.</summary>
    private long Prevent(NaiveOrder maker, in BookOrder taker, long leaves)
    {
        if (taker.SelfTradeMode == SelfTradeMode.CancelNewest)
        {
            return 0;
        }

        bool isDecrement = taker.SelfTradeMode == SelfTradeMode.Decrement;
        long quantity = isDecrement ? Math.Min(leaves, maker.Quantity) : maker.Quantity;
        long makerLeaves = Reduce(maker.OrderId, quantity);
        Events.Add(new BookEvent(
            BookEvent.Word.Prevented, maker.OrderId, taker.OrderId, maker.Price, quantity, makerLeaves));
        return isDecrement ? quantity : 0;
    }

    private NaiveOrder? OrderOf(long orderId) => _bids.Values.Concat(_asks.Values)
        .SelectMany(queue => queue)
        .FirstOrDefault(order => order.OrderId == orderId);

    private void Remove(long orderId)
    {
        foreach (SortedDictionary<long, List<NaiveOrder>> levels in new[] { _bids, _asks })
        {
            foreach ((long price, List<NaiveOrder> queue) in levels.ToList())
            {
                if (queue.RemoveAll(order => order.OrderId == orderId) > 0 && queue.Count == 0)
                {
                    _ = levels.Remove(price);
                }
            }
        }
    }
}
