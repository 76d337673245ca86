using System.Globalization;

namespace Oms.Matching.Tests;

/// <summary>
/// A book that follows recorded events. What rested before the recording, or came back into view, is one
/// order per level, older than what the recording adds to it.
/// </summary>
internal sealed class RecordedMarket
{
    private const string Added = "1";
    private const string Reduced = "2";
    private const string Deleted = "3";
    private const string Executed = "4";

    private readonly OrderBook _book = new(new OrderPool(1_024), tickSize: 100);
    private readonly Dictionary<long, OrderHandle> _handles = [];
    private readonly Dictionary<(BookSide Side, long Price), long> _unknown = [];
    private EventLog _log = new();
    private long _lastUnknownId;

    public int ExecutionCount { get; private set; }

    public BookLevel[] Levels(BookSide side)
    {
        BookLevel[] levels = new BookLevel[_book.LevelCount(side)];
        Assert.Equal(levels.Length, _book.CopyLevels(side, levels));
        return levels;
    }

    /// <summary>
    /// An event is: seconds, type, order id, size, price, and 1 for a buy or -1 for a sell.
    /// </summary>
    public void Apply(string line)
    {
        string[] fields = line.Split(',');
        long orderId = long.Parse(fields[2], CultureInfo.InvariantCulture);
        long quantity = long.Parse(fields[3], CultureInfo.InvariantCulture);
        long price = long.Parse(fields[4], CultureInfo.InvariantCulture);
        BookSide side = fields[5] == "1" ? BookSide.Bid : BookSide.Ask;
        switch (fields[1])
        {
            case Added:
                Add(orderId, side, price, quantity);
                break;
            case Reduced or Deleted:
                orderId = KnownId(orderId, side, price);
                Assert.True(_book.TryReduce(_handles[orderId], orderId, quantity, out _));
                break;
            case Executed:
                Execute(KnownId(orderId, side, price), side, price, quantity);
                break;
        }
    }

    /// <summary>Forgets what is no longer in view, and takes in what came into it.</summary>
    public void Learn(BookLevel[] bids, BookLevel[] asks)
    {
        Learn(BookSide.Bid, bids);
        Learn(BookSide.Ask, asks);
    }

    private void Learn(BookSide side, BookLevel[] recorded)
    {
        HashSet<long> prices = [.. recorded.Select(level => level.Price)];
        foreach (RestingOrder order in TwinBooks.ListOf(_book.Orders(side)))
        {
            if (!prices.Contains(order.Price))
            {
                Assert.True(_book.TryCancel(_handles[order.OrderId], order.OrderId, out _));
            }
        }

        foreach (BookLevel level in recorded)
        {
            long unknown = level.Quantity - _book.QuantityAt(side, level.Price);
            if (unknown > 0)
            {
                _unknown[(side, level.Price)] = --_lastUnknownId;
                Add(_lastUnknownId, side, level.Price, unknown);
            }
        }
    }

    private void Add(long orderId, BookSide side, long price, long quantity)
    {
        Placement placement = _book.Place(new BookOrder(orderId, side, price, quantity), ref _log);
        Assert.Equal(PlacementOutcome.Rested, placement.Outcome);
        _handles[orderId] = placement.Handle;
    }

    private long KnownId(long orderId, BookSide side, long price) =>
        _handles.TryGetValue(orderId, out OrderHandle handle) && _book.TryGet(handle, orderId, out _)
            ? orderId
            : _unknown[(side, price)];

    /// <summary>
    /// The recorded execution as an arriving order: price-time priority finds the recorded maker.
    /// </summary>
    private void Execute(long makerId, BookSide side, long price, long quantity)
    {
        _log.Events.Clear();
        BookOrder taker = new(--_lastUnknownId, (BookSide)((int)side ^ 1), price, quantity)
        {
            Rule = MatchingRule.FillOrKill,
        };
        Assert.Equal(PlacementOutcome.Filled, _book.Place(taker, ref _log).Outcome);
        BookEvent fill = Assert.Single(_log.Events);
        Assert.Equal((makerId, price, quantity), (fill.MakerOrderId, fill.Price, fill.Quantity));
        ExecutionCount++;
    }
}
