using CsCheck;

namespace Oms.Matching.Tests;

public sealed class OrderBookTests
{
    private enum Action
    {
        Add,
        Immediate,
        Market,
        Cancel,
        Reduce,
    }

    private static readonly Gen<(Action Action, bool IsBid, int Price, int Quantity, int Target)> GenStep =
        Gen.Select(
            Gen.Enum<Action>(),
            Gen.Bool,
            Gen.OneOf(Gen.Int[95, 105], Gen.Int[1, 1_000_000]),
            Gen.Int[1, 20],
            Gen.Int[0, 40]);

    [Fact]
    public void Any_stream_of_commands_trades_as_the_naive_book_does() =>
        GenStep.Array[0, 120].Sample(steps =>
        {
            OrderBook book = new(2);
            NaiveOrderBook naive = new();
            FillList sink = new();
            long id = 0;
            foreach ((Action action, bool isBid, int price, int quantity, int target) in steps)
            {
                BookSide side = isBid ? BookSide.Bid : BookSide.Ask;
                BookOrder order = new(++id, side, price, quantity);
                Apply(action, book, naive, ref sink, order, target);
            }

            Assert.Equal(naive.Fills, sink.Fills);
            Assert.Equal(naive.Resting.Count, book.OrderCount);
            AssertSameSide(naive, book, BookSide.Bid);
            AssertSameSide(naive, book, BookSide.Ask);
        });

    [Fact]
    public void A_limit_order_trades_at_the_makers_price_and_rests_its_remainder()
    {
        OrderBook book = new();
        FillList sink = new();
        Assert.Equal(5, book.AddLimit(new BookOrder(1, BookSide.Ask, 100, 5), ref sink));
        Assert.Equal(2, book.AddLimit(new BookOrder(2, BookSide.Bid, 103, 7), ref sink));
        Assert.Equal([new Fill(1, 2, 100, 5, 0)], sink.Fills);
        Assert.True(book.TryGetBest(BookSide.Bid, out BookLevel best));
        Assert.Equal(new BookLevel(103, 2), best);
        Assert.False(book.TryGetBest(BookSide.Ask, out _));
    }

    [Fact]
    public void A_reduced_order_keeps_its_place_in_the_queue()
    {
        OrderBook book = new();
        FillList sink = new();
        _ = book.AddLimit(new BookOrder(1, BookSide.Bid, 100, 5), ref sink);
        _ = book.AddLimit(new BookOrder(2, BookSide.Bid, 100, 5), ref sink);
        Assert.True(book.TryReduce(1, 3, out BookOrder remaining));
        Assert.Equal(2, remaining.Quantity);
        Assert.Equal(1, book.ExecuteImmediate(new BookOrder(3, BookSide.Ask, 100, 8), ref sink));
        Assert.Equal([new Fill(1, 3, 100, 2, 0), new Fill(2, 3, 100, 5, 0)], sink.Fills);
    }

    [Fact]
    public void A_warm_book_does_not_allocate()
    {
        OrderBook book = new();
        CountingSink sink = default;
        Churn(book, ref sink);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Churn(book, ref sink);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sink.Count > 0);
    }

    private static void Churn(OrderBook book, ref CountingSink sink)
    {
        for (int round = 0; round < 2_000; round++)
        {
            BookSide side = (round & 1) == 0 ? BookSide.Bid : BookSide.Ask;
            _ = book.AddLimit(
                new BookOrder(round, side, 1_000 + (round * 7 % 50), 1 + (round % 9)), ref sink);
            _ = book.TryCancel(round - 20, out _);
        }

        for (int round = 0; round < 2_000; round++)
        {
            _ = book.TryCancel(round, out _);
        }
    }

    private static void Apply(
        Action action, OrderBook book, NaiveOrderBook naive, ref FillList sink, BookOrder order, int target)
    {
        switch (action)
        {
            case Action.Add:
                Assert.Equal(naive.Take(order, isMarket: false, rests: true), book.AddLimit(order, ref sink));
                break;
            case Action.Immediate:
                Assert.Equal(
                    naive.Take(order, isMarket: false, rests: false), book.ExecuteImmediate(order, ref sink));
                break;
            case Action.Market:
                Assert.Equal(
                    naive.Take(order, isMarket: true, rests: false), book.ExecuteMarket(order, ref sink));
                break;
            case Action.Cancel:
                Assert.Equal(naive.Cancel(target), book.TryCancel(target, out _));
                break;
            case Action.Reduce:
                long resting = naive.Resting.FirstOrDefault(each => each.OrderId == target).Quantity;
                long byQuantity = Math.Clamp(order.Quantity, 1, Math.Max(1, resting));
                Assert.Equal(naive.Reduce(target, byQuantity), book.TryReduce(target, byQuantity, out _));
                break;
        }
    }

    private static void AssertSameSide(NaiveOrderBook naive, OrderBook book, BookSide side)
    {
        BookLevel[] levels = new BookLevel[book.LevelCount(side)];
        Assert.Equal(levels.Length, book.CopyLevels(side, levels));
        Assert.Equal(naive.Levels(side), levels);
        List<BookOrder> orders = [];
        foreach (BookOrder order in book.Orders(side))
        {
            orders.Add(order);
        }

        Assert.Equal(naive.InPriority(side), orders);
    }

    private struct CountingSink : IFillSink
    {
        public int Count { get; private set; }

        public void OnFill(in Fill fill) => Count++;
    }
}
