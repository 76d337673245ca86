using Oms.Domain;
using Oms.ExchangeSimulator.Crowd;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// Moves the crowd's orders: one per price, set to what a source says rests there. An order that the crowd
/// adds through a client's resting order fills it; the crowd never trades with itself.
/// </summary>
internal sealed class CrowdMatching(ExchangeState state, Market market, Transaction transaction)
{
    public void Apply(CrowdStep step)
    {
        switch (step)
        {
            case CrowdReset reset:
                Replace(reset.Levels);
                break;
            case CrowdDiff diff:
                Apply(diff.Levels);
                break;
            case CrowdTrade trade:
                Apply(trade);
                break;
        }
    }

    private static BookSide Opposite(BookSide side) => side == BookSide.Bid ? BookSide.Ask : BookSide.Bid;

    private static bool Crosses(BookSide side, long price, long oppositePrice) =>
        side == BookSide.Bid ? price >= oppositePrice : price <= oppositePrice;

    private void Replace(IReadOnlyList<CrowdLevel> levels)
    {
        HashSet<(BookSide, long)> kept = [.. levels.Select(level => (level.Side, level.Price))];
        foreach (BookSide side in (ReadOnlySpan<BookSide>)[BookSide.Bid, BookSide.Ask])
        {
            IEnumerable<long> gone = market.CrowdOf(side).Keys.Where(price => !kept.Contains((side, price)));
            foreach (long price in gone.Order())
            {
                Remove(side, price);
            }
        }

        Apply(levels);
    }

    private void Apply(IReadOnlyList<CrowdLevel> levels)
    {
        foreach (CrowdLevel level in levels.Where(level => level.Quantity == 0))
        {
            Remove(level.Side, level.Price);
        }

        foreach (CrowdLevel level in levels.Where(level => level.Quantity > 0))
        {
            Set(level);
        }
    }

    private void Remove(BookSide side, long price)
    {
        if (market.CrowdOf(side).Remove(price, out long orderId))
        {
            _ = market.Orders.Cancel(orderId);
            transaction.Touch(market, side, price);
        }
    }

    private void Set(CrowdLevel level)
    {
        if (market.CrowdOf(level.Side).TryGetValue(level.Price, out long orderId)
            && market.Orders.TryGet(orderId, out RestingOrder resting))
        {
            if (resting.Quantity == level.Quantity)
            {
                return;
            }

            if (resting.Quantity > level.Quantity)
            {
                market.Orders.Reduce(orderId, resting.Quantity - level.Quantity);
                transaction.Touch(market, level.Side, level.Price);
                return;
            }

            Remove(level.Side, level.Price);
        }

        RemoveCrossedBy(level);
        Add(level);
    }

    /// <summary>Levels that the source no longer knows of give way to what it says now.</summary>
    private void RemoveCrossedBy(CrowdLevel level)
    {
        List<long> crossed = [];
        foreach (RestingOrder order in market.Book.Orders(Opposite(level.Side)))
        {
            if (!Crosses(level.Side, level.Price, order.Price))
            {
                break;
            }

            if (state.FindOrder(order.OrderId) is null)
            {
                crossed.Add(order.Price);
            }
        }

        foreach (long price in crossed)
        {
            Remove(Opposite(level.Side), price);
        }
    }

    private void Add(CrowdLevel level)
    {
        FillList sink = new();
        long orderId = state.NextCrowdOrderId();
        long resting = market.Orders.AddLimit(
            new BookOrder(orderId, level.Side, level.Price, level.Quantity), sink);
        foreach (Fill fill in sink.Fills)
        {
            ClientOrder? maker = state.FindOrder(fill.MakerOrderId);
            Invariant.Holds(maker is not null);
            Book(maker, fill.Price, fill.Quantity);
        }

        if (resting > 0)
        {
            market.CrowdOf(level.Side).Add(level.Price, orderId);
            transaction.Touch(market, level.Side, level.Price);
        }
    }

    /// <summary>
    /// A recorded trade hits clients at its price or better; the rest of it was between others.
    /// </summary>
    private void Apply(CrowdTrade trade)
    {
        BookSide side = trade.IsSellerAggressor ? BookSide.Bid : BookSide.Ask;
        long leaves = trade.Quantity;
        List<(ClientOrder Maker, long Quantity)> hits = [];
        foreach (RestingOrder resting in market.Book.Orders(side))
        {
            if (leaves == 0 || !Crosses(side, resting.Price, trade.Price))
            {
                break;
            }

            if (state.FindOrder(resting.OrderId) is { } maker)
            {
                long quantity = Math.Min(leaves, resting.Quantity);
                hits.Add((maker, quantity));
                leaves -= quantity;
            }
        }

        foreach ((ClientOrder maker, long quantity) in hits)
        {
            market.Orders.Reduce(maker.OrderId, quantity);
            Book(maker, maker.Price, quantity);
        }

        if (leaves > 0)
        {
            transaction.Publish(market, new PublicTrade(
                market.NextTradeId(), trade.Price, leaves, trade.IsSellerAggressor, transaction.TimeMs));
        }
    }

    private void Book(ClientOrder maker, long price, long quantity)
    {
        long tradeId = market.NextTradeId();
        bool isBuyerMaker = maker.Side == OrderSide.Buy;
        transaction.Fill(maker, tradeId, price, quantity, isMaker: true);
        transaction.Publish(
            market, new PublicTrade(tradeId, price, quantity, isBuyerMaker, transaction.TimeMs));
        transaction.Touch(market, maker.BookSide, price);
    }
}
