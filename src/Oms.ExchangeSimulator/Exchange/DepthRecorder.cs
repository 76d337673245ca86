using Oms.Matching;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Collects the changed levels of a book between two publications.</summary>
internal sealed class DepthRecorder
{
    private readonly SortedSet<long> _bids = [];
    private readonly SortedSet<long> _asks = [];
    private long _firstUpdateId;
    private long _previousUpdateId;

    public void Touch(BookSide side, long price, long updateId)
    {
        if (_firstUpdateId == 0)
        {
            _firstUpdateId = updateId;
        }

        _ = (side == BookSide.Bid ? _bids : _asks).Add(price);
    }

    /// <summary>What changed since the last call; null when nothing did.</summary>
    public DepthDiff? Take(OrderBook book, long lastUpdateId)
    {
        if (_firstUpdateId == 0)
        {
            return null;
        }

        DepthDiff diff = new(
            _firstUpdateId,
            lastUpdateId,
            _previousUpdateId,
            [.. _bids.Reverse().Select(price => new BookLevel(price, book.QuantityAt(BookSide.Bid, price)))],
            [.. _asks.Select(price => new BookLevel(price, book.QuantityAt(BookSide.Ask, price)))]);
        _bids.Clear();
        _asks.Clear();
        _firstUpdateId = 0;
        _previousUpdateId = lastUpdateId;
        return diff;
    }
}
