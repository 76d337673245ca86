namespace Oms.Matching.Tests;

/// <summary>A book that has once been as large as it gets allocates nothing, whatever it is asked.</summary>
public sealed class AllocationTests
{
    private const int Orders = 3_000;

    [Fact]
    public void Orders_near_and_far_of_every_kind_allocate_nothing()
    {
        OrderBook book = new(new OrderPool(Orders), tickSize: 5);
        OrderHandle[] handles = new OrderHandle[Orders];
        BookLevel[] levels = new BookLevel[64];
        CountingSink sink = default;
        // Once to grow, once more with the window where it then is.
        Churn(book, handles, levels, ref sink);
        Churn(book, handles, levels, ref sink);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Churn(book, handles, levels, ref sink);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sink.Fills > 1_000 && sink.Prevented > 100 && sink.Replenished > 100);
    }

    private static void Churn(
        OrderBook book, OrderHandle[] handles, BookLevel[] levels, ref CountingSink sink)
    {
        for (int index = 0; index < Orders; index++)
        {
            Placement placement = book.Place(OrderOf(index), ref sink);
            handles[index] = placement.Handle;
            if (index % 3 == 0)
            {
                _ = book.TryCancel(handles[index / 2], index / 2, out _);
                _ = book.TryReduce(handles[index / 3], index / 3, 1, out _);
                int replaced = index / 5;
                _ = book.TryCancel(handles[replaced], replaced, out _);
                handles[replaced] = book.Place(OrderOf(replaced), ref sink).Handle;
            }

            _ = book.CopyLevels(BookSide.Bid, levels);
            OrderOwner owner = new(1, 1);
            foreach (RestingOrder met in book.OrdersMetBy(BookSide.Bid, 1_000, owner, SelfTradeScope.Group))
            {
                sink.Met += met.Quantity;
            }
        }

        for (int index = 0; index < Orders; index++)
        {
            _ = book.TryCancel(handles[index], index, out _);
        }

        book.SetTickSize(5);
    }

    private static BookOrder OrderOf(int index) => new(
        index,
        (index & 1) == 0 ? BookSide.Bid : BookSide.Ask,
        (index % 7) switch
        {
            0 => (long)index * index * 1_000_003,
            1 => -index,
            _ => 1_000 + (index * 7 % 50),
        },
        2 + (index % 9))
    {
        DisplayQuantity = index % 4 == 0 ? 1 : 0,
        Owner = new OrderOwner((uint)(index % 5), (uint)(index % 3)),
        Rule = (MatchingRule)(index % 11 % 4),
        SelfTradeMode = (SelfTradeMode)(index % 13 % 5),
        SelfTradeScope = (SelfTradeScope)(index & 1),
    };

    private struct CountingSink : IFillSink
    {
        public int Fills { get; private set; }

        public int Prevented { get; private set; }

        public int Replenished { get; private set; }

        public long Met { get; set; }

        public void OnFill(in Fill fill) => Fills++;

        public void OnSelfTradePrevented(in PreventedTrade prevented) => Prevented++;

        public void OnReplenished(in Replenishment replenishment) => Replenished++;
    }
}
