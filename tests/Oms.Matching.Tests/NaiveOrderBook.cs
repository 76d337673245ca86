namespace Oms.Matching.Tests;

/// <summary>The oracle: one list in order of arrival, searched from the start for every fill.</summary>
internal sealed class NaiveOrderBook
{
    private readonly List<BookOrder> _resting = [];

    public IReadOnlyList<BookOrder> Resting => _resting;

    public List<Fill> Fills { get; } = [];

    public long Take(BookOrder taker, bool isMarket, bool rests)
    {
        long leaves = taker.Quantity;
        while (leaves > 0 && BestMakerOf(taker, isMarket) is { } maker)
        {
            long quantity = Math.Min(leaves, maker.Quantity);
            leaves -= quantity;
            Fills.Add(
                new Fill(maker.OrderId, taker.OrderId, maker.Price, quantity, maker.Quantity - quantity));
            _ = Reduce(maker.OrderId, quantity);
        }

        if (rests && leaves > 0)
        {
            _resting.Add(taker with { Quantity = leaves });
        }

        return leaves;
    }

    public bool Cancel(long orderId) => _resting.RemoveAll(order => order.OrderId == orderId) == 1;

    public bool Reduce(long orderId, long byQuantity)
    {
        int index = _resting.FindIndex(order => order.OrderId == orderId);
        if (index < 0)
        {
            return false;
        }

        BookOrder order = _resting[index];
        _resting[index] = order with { Quantity = order.Quantity - byQuantity };
        _ = _resting.RemoveAll(each => each.Quantity == 0);
        return true;
    }

    public IEnumerable<BookOrder> InPriority(BookSide side) => side == BookSide.Bid
        ? _resting.Where(order => order.Side == side).OrderByDescending(order => order.Price)
        : _resting.Where(order => order.Side == side).OrderBy(order => order.Price);

    public IEnumerable<BookLevel> Levels(BookSide side) => InPriority(side)
        .GroupBy(order => order.Price)
        .Select(level => new BookLevel(level.Key, level.Sum(order => order.Quantity)));

    private BookOrder? BestMakerOf(BookOrder taker, bool isMarket)
    {
        BookSide makers = taker.Side == BookSide.Bid ? BookSide.Ask : BookSide.Bid;
        foreach (BookOrder maker in InPriority(makers))
        {
            bool crosses = taker.Side == BookSide.Bid
                ? maker.Price <= taker.Price
                : maker.Price >= taker.Price;
            return isMarket || crosses ? maker : null;
        }

        return null;
    }
}
