using Oms.Bench.Workloads;

namespace Oms.Matching.Tests;

/// <summary>Agreement, trade for trade, with the public engines that ran the same stream.</summary>
public sealed class WorkloadTests
{
    public static IEnumerable<TheoryDataRow<int, int, int>> Published() => PublishedResult.All.Select(
        result => new TheoryDataRow<int, int, int>(result.Symbols, result.Depth, result.Count));

    [Theory]
    [MemberData(nameof(Published))]
    public void The_published_workload_ends_in_the_published_state(int symbols, int depth, int count)
    {
        Workload workload = new(symbols, depth, count);
        OrderPool pool = new(symbols * depth);
        OrderBook[] books = [.. Enumerable.Range(0, symbols).Select(_ => new OrderBook(pool))];
        Run run = new(books, workload);

        TradeTotals trades = run.Trades;
        PublishedResult found = new(
            symbols, depth, count, workload.Checksum().ToString(), trades.Count, trades.Quantity,
            trades.Notional, trades.Checksum, run.Hits, run.Misses, run.DroppedQuantity,
            books.Sum(book => book.OrderCount), ChecksumOf(books));
        Assert.Equal(PublishedResult.Find(symbols, depth, count, Workload.PublishedSeed), found);
    }

    private static string ChecksumOf(OrderBook[] books)
    {
        Checksum checksum = new();
        for (int symbol = 0; symbol < books.Length; symbol++)
        {
            foreach (BookSide side in (BookSide[])[BookSide.Bid, BookSide.Ask])
            {
                BookLevel[] levels = new BookLevel[books[symbol].LevelCount(side)];
                Assert.Equal(levels.Length, books[symbol].CopyLevels(side, levels));
                foreach (BookLevel level in levels)
                {
                    checksum.Fold((symbol * 2) + (int)side);
                    checksum.Fold(level.Price);
                    checksum.Fold(level.Quantity);
                }
            }
        }

        return checksum.ToString();
    }

    /// <summary>All commands of a workload, once through the books.</summary>
    private sealed class Run
    {
        private readonly OrderBook[] _books;
        private readonly OrderHandle[] _handles;
        private TradeTotals _trades = new();

        public Run(OrderBook[] books, Workload workload)
        {
            _books = books;
            _handles = new OrderHandle[workload.LastId + 1];
            Array.ForEach(workload.Prefill, Apply);
            Array.ForEach(workload.Commands, Apply);
        }

        public TradeTotals Trades => _trades;

        public int Hits { get; private set; }

        public int Misses { get; private set; }

        public long DroppedQuantity { get; private set; }

        private void Apply(WorkloadCommand command)
        {
            OrderBook book = _books[command.Symbol];
            if (command.Kind == CommandKind.Cancel)
            {
                bool isHit = book.TryCancel(_handles[command.Id], command.Id, out _);
                (Hits, Misses) = (Hits + (isHit ? 1 : 0), Misses + (isHit ? 0 : 1));
                return;
            }

            bool isAdd = command.Kind == CommandKind.Add;
            BookOrder order = new(command.Id, (BookSide)command.Side, command.Price, command.Quantity)
            {
                Owner = new OrderOwner(command.Account),
                Rule = isAdd ? MatchingRule.Rest : MatchingRule.ImmediateOrCancel,
            };
            Placement placement = book.Place(order, ref _trades);
            _handles[command.Id] = placement.Handle;
            DroppedQuantity += placement.Outcome == PlacementOutcome.Dropped ? placement.LeavesQuantity : 0;
        }
    }
}
