namespace Oms.Matching.Tests;

/// <summary>
/// The book and the naive one, given the same commands: what they answer and tell is compared at each, what
/// they hold on demand.
/// </summary>
internal sealed class TwinBooks(OrderPool pool, long tickSize, int windowLevels)
{
    private readonly OrderBook _book = new(pool, tickSize, windowLevels);
    private readonly NaiveOrderBook _naive = new();
    private readonly Dictionary<long, OrderHandle> _handles = [];
    private EventLog _log = new();

    public OrderBook Book => _book;

    public void Place(in BookOrder order)
    {
        Placement placement = _book.Place(order, ref _log);
        Assert.Equal(_naive.Place(order), (placement.Outcome, placement.LeavesQuantity));
        Keep(order.OrderId, placement);
        AssertSameEvents();
    }

    public void Rest(in RestingOrder order)
    {
        _handles[order.OrderId] = _book.Rest(order);
        _naive.Rest(order);
    }

    public void Cancel(long orderId)
    {
        bool isCanceled = _book.TryCancel(
            _handles.GetValueOrDefault(orderId), orderId, out long canceledQuantity);
        Assert.Equal(_naive.Find(orderId) is not null, isCanceled);
        Assert.Equal(_naive.Cancel(orderId), canceledQuantity);
    }

    /// <param name="byQuantity">At most; all there is when that is less.</param>
    public void Reduce(long orderId, long byQuantity)
    {
        OrderHandle handle = _handles.GetValueOrDefault(orderId);
        if (_naive.Find(orderId) is not { } order)
        {
            Assert.False(_book.TryReduce(handle, orderId, byQuantity, out _));
            return;
        }

        byQuantity = Math.Min(byQuantity, order.Quantity);
        Assert.True(_book.TryReduce(handle, orderId, byQuantity, out long leavesQuantity));
        Assert.Equal(_naive.Reduce(orderId, byQuantity), leavesQuantity);
    }

    /// <summary>The answers about a price, and about an order that may be gone.</summary>
    public void AssertSameAnswers(BookSide side, long price, long orderId, OrderOwner owner)
    {
        Assert.Equal(_naive.WouldTrade(side, price), _book.WouldTrade(side, price));
        List<RestingOrder> met = _naive.OrdersMetBy(side, price);
        Assert.Equal(met, ListOf(_book.OrdersMetBy(side, price)));
        Assert.Equal(
            met.Where(order => order.Owner.Group == owner.Group && owner.Group != 0),
            ListOf(_book.OrdersMetBy(side, price, owner, SelfTradeScope.Group)));
        Assert.Equal(
            _naive.Levels(side).Where(level => level.Price == price).Sum(level => level.Quantity),
            _book.QuantityAt(side, price));
        bool isResting = _book.TryGet(
            _handles.GetValueOrDefault(orderId), orderId, out RestingOrder resting);
        Assert.Equal(_naive.Find(orderId), isResting ? resting : null);
    }

    public void AssertSameBook()
    {
        foreach (BookSide side in (BookSide[])[BookSide.Bid, BookSide.Ask])
        {
            List<BookLevel> expected = _naive.Levels(side);
            BookLevel[] levels = new BookLevel[expected.Count + 1];
            Assert.Equal(expected.Count, _book.CopyLevels(side, levels));
            Assert.Equal(expected, levels[..expected.Count]);
            Assert.Equal(expected.Count, _book.LevelCount(side));
            Assert.Equal(expected.Count > 0, _book.TryGetBest(side, out BookLevel best));
            Assert.Equal(expected.FirstOrDefault(), best);
            Assert.Equal(_naive.Orders(side), ListOf(_book.Orders(side)));
        }

        Assert.Equal(
            _naive.Orders(BookSide.Bid).Count + _naive.Orders(BookSide.Ask).Count, _book.OrderCount);
    }

    public static List<RestingOrder> ListOf(OrderSequence sequence)
    {
        List<RestingOrder> orders = [];
        foreach (RestingOrder order in sequence)
        {
            orders.Add(order);
        }

        return orders;
    }

    private void Keep(long orderId, in Placement placement)
    {
        Assert.Equal(placement.Outcome == PlacementOutcome.Rested, !placement.Handle.IsNone);
        if (placement.Outcome == PlacementOutcome.Rested)
        {
            _handles[orderId] = placement.Handle;
        }
    }

    private void AssertSameEvents()
    {
        Assert.Equal(_naive.Events, _log.Events);
        Assert.Equal(_log.Events.Select(happened => _handles[happened.MakerOrderId]), _log.Makers);
        _naive.Events.Clear();
        _log.Events.Clear();
        _log.Makers.Clear();
    }
}
