using Oms.ExchangeSimulator.Crowd;
using Oms.ExchangeSimulator.Exchange;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>The recorded market, replayed: what the depth stream adds up to is what REST shows.</summary>
public sealed class PlaybackTests
{
    [Fact]
    public void The_book_rebuilt_from_the_stream_is_the_book_and_is_never_crossed()
    {
        using TemporaryDirectory directory = new();
        using TestExchange test = new(directory.Path);
        RecordedCrowd crowd = new(RecordedFiles.Path("market", "hftbacktest", "spot", "btcusdt_20240808.gz"));
        RebuiltBook rebuilt = new();
        int count = 0;
        foreach (CrowdStep step in crowd.Steps().Take(30_000))
        {
            test.Core.Apply(test.Market, step);
            count++;
            if (count % 50 == 10)
            {
                Trade(test, count);
            }

            if (count == 10)
            {
                // Before the first publication: the first event begins before the snapshot.
                rebuilt.Load(test.Market);
            }

            if (count > 10 && count % 7 == 0)
            {
                test.Core.PublishDepth(DepthSpeed.Every100Ms);
                test.Events.Diffs.ForEach(rebuilt.Apply);
                test.Events.Diffs.Clear();
                AssertSame(test.Market.Book, rebuilt);
            }
        }

        Assert.True(test.Alice.Trades.Count > 100);
        Assert.Contains(test.Alice.Trades, trade => trade.IsMaker);
    }

    [Fact]
    public void A_random_walk_is_the_same_for_the_same_seed_and_never_crossed()
    {
        ListedSymbol symbol = SpotSymbols.All[0];
        List<CrowdStep> first = [.. new RandomWalkCrowd(7, symbol, Amount.Of("60000")).Steps().Take(400)];
        List<CrowdStep> second = [.. new RandomWalkCrowd(7, symbol, Amount.Of("60000")).Steps().Take(400)];
        Assert.Equal(first.Select(Describe), second.Select(Describe));
        using TemporaryDirectory directory = new();
        using TestExchange test = new(directory.Path);
        foreach (CrowdStep step in first)
        {
            test.Core.Apply(test.Market, step);
            Assert.True(test.Market.Book.TryGetBest(BookSide.Bid, out BookLevel bid));
            Assert.True(test.Market.Book.TryGetBest(BookSide.Ask, out BookLevel ask));
            Assert.True(bid.Price < ask.Price);
        }
    }

    private static string Describe(CrowdStep step) => step switch
    {
        CrowdReset reset => $"reset {reset.AtMs} {string.Join(',', reset.Levels)}",
        CrowdDiff diff => $"diff {diff.AtMs} {string.Join(',', diff.Levels)}",
        _ => step.ToString(),
    };

    private static void Trade(TestExchange test, int count)
    {
        OrderSide side = count % 100 == 10 ? OrderSide.Buy : OrderSide.Sell;
        _ = test.AtMarket(test.Alice, side, "0.01");
        _ = test.Market.Book.TryGetBest(
            side == OrderSide.Buy ? BookSide.Bid : BookSide.Ask, out BookLevel best);
        string price = Amount.Format(best.Price);
        _ = test.Core.CancelAll(test.Alice, test.Market);
        _ = test.Limit(test.Alice, side, price, "0.01");
    }

    private static void AssertSame(OrderBook book, RebuiltBook rebuilt)
    {
        foreach (BookSide side in (BookSide[])[BookSide.Bid, BookSide.Ask])
        {
            BookLevel[] levels = new BookLevel[book.LevelCount(side)];
            _ = book.CopyLevels(side, levels);
            Assert.Equal(levels, rebuilt.Levels(side));
        }

        Assert.True(book.TryGetBest(BookSide.Bid, out BookLevel bid));
        Assert.True(book.TryGetBest(BookSide.Ask, out BookLevel ask));
        Assert.True(bid.Price < ask.Price);
    }

    /// <summary>A client's book by the published rules.</summary>
    private sealed class RebuiltBook
    {
        private readonly SortedDictionary<long, long> _bids = [];
        private readonly SortedDictionary<long, long> _asks = [];
        private long _updateId;

        public void Load(Market market)
        {
            foreach (BookSide side in (BookSide[])[BookSide.Bid, BookSide.Ask])
            {
                BookLevel[] levels = new BookLevel[market.Book.LevelCount(side)];
                _ = market.Book.CopyLevels(side, levels);
                Array.ForEach(levels, level => Set(side, level));
            }

            _updateId = market.UpdateId;
        }

        public void Apply(DepthDiff diff)
        {
            if (diff.LastUpdateId <= _updateId)
            {
                return;
            }

            Assert.True(diff.FirstUpdateId <= _updateId + 1, "a gap");
            diff.Bids.ToList().ForEach(level => Set(BookSide.Bid, level));
            diff.Asks.ToList().ForEach(level => Set(BookSide.Ask, level));
            _updateId = diff.LastUpdateId;
        }

        public IEnumerable<BookLevel> Levels(BookSide side) => side == BookSide.Bid
            ? _bids.Reverse().Select(level => new BookLevel(level.Key, level.Value))
            : _asks.Select(level => new BookLevel(level.Key, level.Value));

        private void Set(BookSide side, BookLevel level)
        {
            SortedDictionary<long, long> levels = side == BookSide.Bid ? _bids : _asks;
            if (level.Quantity == 0)
            {
                _ = levels.Remove(level.Price);
            }
            else
            {
                levels[level.Price] = level.Quantity;
            }
        }
    }
}
