using System.Globalization;

namespace Oms.Matching.Tests;

/// <summary>Agreement, trade for trade, with the public engines that ran the same stream.</summary>
public sealed class WorkloadTests
{
    [Theory]
    // S, D, N, stream hash, trades, quantity, notional
    // trade hash, hits, misses, dropped, resting, book hash
    [InlineData(
        1, 100, 10_000, "9d6162ae2b83d001", 1913, 49594, 495635880,
        "5c884f23908e6e3b", 3591, 904, 0, 80, "7b96343b4acd116c")]
    [InlineData(
        4, 50, 10_000, "d37d60885bd53d0d", 1868, 48992, 489882617,
        "51c0db76956eeb3a", 3637, 859, 0, 174, "dcac2aa8a3ba5a7b")]
    public void The_published_workload_ends_in_the_published_state(
        int symbols, int depth, int count, string streamHash, int trades, long quantity, long notional,
        string tradeHash, int hits, int misses, long dropped, int resting, string bookHash)
    {
        IReadOnlyList<Workload.Record> records = new Workload(symbols, depth, count).Generate();
        OrderBook[] books = [.. Enumerable.Range(0, symbols).Select(_ => new OrderBook())];
        FillList sink = new();
        (int hitCount, int missCount, long droppedQuantity) = (0, 0, 0);
        foreach (Workload.Record record in records)
        {
            BookSide side = record.Side == 0 ? BookSide.Bid : BookSide.Ask;
            BookOrder order = new(record.Id, side, record.Price, record.Quantity);
            switch (record.Kind)
            {
                case Workload.Add:
                    _ = books[record.Symbol].AddLimit(order, ref sink);
                    break;
                case Workload.Immediate:
                    droppedQuantity += books[record.Symbol].ExecuteMarket(order, ref sink);
                    break;
                default:
                    bool isHit = books[record.Symbol].TryCancel(record.Id, out _);
                    (hitCount, missCount) = (hitCount + (isHit ? 1 : 0), missCount + (isHit ? 0 : 1));
                    break;
            }
        }

        Assert.Equal(streamHash, HashOfStream(records));
        Assert.Equal(trades, sink.Fills.Count);
        Assert.Equal(quantity, sink.Fills.Sum(fill => fill.Quantity));
        Assert.Equal(notional, sink.Fills.Sum(fill => fill.Quantity * fill.Price));
        Assert.Equal(tradeHash, HashOfTrades(sink.Fills));
        Assert.Equal((hits, misses, dropped), (hitCount, missCount, droppedQuantity));
        Assert.Equal(resting, books.Sum(book => book.OrderCount));
        Assert.Equal(bookHash, HashOfBooks(books));
    }

    private static string HashOfStream(IEnumerable<Workload.Record> records)
    {
        Fold hash = new();
        foreach (Workload.Record record in records)
        {
            hash.Add(record.Kind | ((ulong)record.Side << 8) | ((ulong)record.Symbol << 16)
                | ((ulong)record.Account << 32));
            hash.Add((ulong)record.Id);
            hash.Add((uint)record.Price | ((ulong)(uint)record.Quantity << 32));
        }

        return hash.ToString();
    }

    private static string HashOfTrades(IEnumerable<Fill> fills)
    {
        Fold hash = new();
        foreach (Fill fill in fills)
        {
            hash.Add((ulong)fill.MakerOrderId);
            hash.Add((ulong)fill.TakerOrderId);
            hash.Add((ulong)fill.Price);
            hash.Add((ulong)fill.Quantity);
        }

        return hash.ToString();
    }

    private static string HashOfBooks(OrderBook[] books)
    {
        Fold hash = new();
        for (int symbol = 0; symbol < books.Length; symbol++)
        {
            foreach (BookSide side in (BookSide[])[BookSide.Bid, BookSide.Ask])
            {
                BookLevel[] levels = new BookLevel[books[symbol].LevelCount(side)];
                _ = books[symbol].CopyLevels(side, levels);
                foreach (BookLevel level in levels)
                {
                    hash.Add((ulong)((symbol * 2) + (int)side));
                    hash.Add((ulong)level.Price);
                    hash.Add((ulong)level.Quantity);
                }
            }
        }

        return hash.ToString();
    }

    private sealed class Fold
    {
        private ulong _hash = 0xcbf29ce484222325;

        public void Add(ulong value) => _hash = unchecked((_hash ^ value) * 0x100000001b3);

        public override string ToString() => _hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
