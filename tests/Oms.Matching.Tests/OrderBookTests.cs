using Oms.Domain;

namespace Oms.Matching.Tests;

public sealed class OrderBookTests
{
    private EventLog _log = new();

    [Fact]
    public void A_reduced_order_keeps_its_place_in_the_queue()
    {
        OrderBook book = BookOf("s1:100x5 s2:100x5", out OrderHandle[] handles);
        Assert.True(book.TryReduce(handles[0], 1, 3, out long leavesQuantity));
        Assert.Equal(2, leavesQuantity);
        AssertAsks(book, "s1:100x2 s2:100x5");
        Assert.True(book.TryReduce(handles[0], 1, 2, out leavesQuantity));
        Assert.Equal(0, leavesQuantity);
        AssertAsks(book, "s2:100x5");
    }

    [Fact]
    public void A_reduced_iceberg_gives_what_it_hides_first()
    {
        OrderBook book = BookOf("s1:100x2+3^2 s2:100x5", out OrderHandle[] handles);
        Assert.True(book.TryReduce(handles[0], 1, 2, out _));
        AssertAsks(book, "s1:100x2+1^2 s2:100x5");
        Assert.Equal(7, book.QuantityAt(BookSide.Ask, 100));
        Assert.True(book.TryReduce(handles[0], 1, 2, out _));
        AssertAsks(book, "s1:100x1+0^2 s2:100x5");
        Assert.Equal(6, book.QuantityAt(BookSide.Ask, 100));
    }

    [Fact]
    public void A_canceled_iceberg_gives_back_what_it_hid()
    {
        OrderBook book = BookOf("s1:100x2+3^2", out OrderHandle[] handles);
        Assert.True(book.TryCancel(handles[0], 1, out long canceledQuantity));
        Assert.Equal(5, canceledQuantity);
        AssertAsks(book, "");
    }

    [Fact]
    public void A_handle_stands_for_its_order_only()
    {
        OrderBook book = BookOf("s1:100x5", out OrderHandle[] handles);
        Assert.True(book.TryCancel(handles[0], 1, out _));
        Assert.False(book.TryCancel(handles[0], 1, out _));

        OrderHandle reused = book.Rest(BookText.Resting("s2:100x5"));
        Assert.Equal(handles[0], reused);
        Assert.False(book.TryCancel(handles[0], 1, out _));
        Assert.False(book.TryReduce(handles[0], 1, 1, out _));
        Assert.False(book.TryGet(handles[0], 1, out _));
        Assert.False(book.TryCancel(OrderHandle.None, 0, out _));
        AssertAsks(book, "s2:100x5");
    }

    [Fact]
    public void A_handle_of_another_book_of_the_pool_breaks_an_invariant()
    {
        OrderPool pool = new(4);
        OrderBook book = new(pool);
        OrderBook other = new(pool);
        OrderHandle handle = book.Rest(BookText.Resting("s1:100x5"));
        _ = other.Rest(BookText.Resting("s2:100x5"));
        Assert.Throws<InvariantBrokenException>(() => other.TryCancel(handle, 1, out _));
    }

    [Fact]
    public void Quantities_that_make_no_sense_break_an_invariant()
    {
        OrderBook book = BookOf("s1:100x5", out OrderHandle[] handles);
        Assert.Throws<InvariantBrokenException>(() => book.TryReduce(handles[0], 1, 6, out _));
        Assert.Throws<InvariantBrokenException>(() => book.TryReduce(handles[0], 1, 0, out _));
        Assert.Throws<InvariantBrokenException>(() => Place(book, "b9:100x0"));
        Assert.Throws<InvariantBrokenException>(() => book.Rest(BookText.Resting("s9:100x0")));
        Assert.Throws<InvariantBrokenException>(() => book.Rest(BookText.Resting("s9:100x1+1^0")));
    }

    [Fact]
    public void An_iceberg_of_too_many_parts_breaks_an_invariant()
    {
        OrderBook book = new(new OrderPool(4));
        Assert.Equal(PlacementOutcome.Rested, Place(book, $"s1:100x{OrderBook.IcebergPartsMax}/1").Outcome);
        Assert.Throws<InvariantBrokenException>(
            () => Place(book, $"s2:100x{OrderBook.IcebergPartsMax + 1}/1"));
    }

    [Fact]
    public void What_rests_can_be_carried_to_another_book()
    {
        OrderBook book = BookOf("b1:99x5@7.2 b2:99x2+3^2 b3:98x1+0^4 s4:100x5 s5:99x1 s6:100x7", out _);
        OrderBook copy = new(new OrderPool(8), tickSize: 10);
        foreach (BookSide side in (BookSide[])[BookSide.Bid, BookSide.Ask])
        {
            foreach (RestingOrder order in book.Orders(side))
            {
                _ = copy.Rest(order);
            }

            Assert.Equal(TwinBooks.ListOf(book.Orders(side)), TwinBooks.ListOf(copy.Orders(side)));
        }
    }

    [Fact]
    public void Orders_that_a_price_would_meet_are_walked_by_owner()
    {
        OrderBook book = BookOf("s1:101x5@1.2 s2:100x5@2.2 s3:100x5@3.3 s4:102x5@4.2 b5:99x5@5.2", out _);
        OrderOwner owner = new(9, 2);
        Assert.Equal(
            [2, 1],
            TwinBooks.ListOf(book.OrdersMetBy(BookSide.Bid, 101, owner, SelfTradeScope.Group))
                .Select(order => order.OrderId));
        Assert.Empty(TwinBooks.ListOf(book.OrdersMetBy(BookSide.Bid, 101, owner, SelfTradeScope.Account)));
        Assert.Empty(TwinBooks.ListOf(book.OrdersMetBy(BookSide.Bid, 99, owner, SelfTradeScope.Group)));
    }

    [Fact]
    public void A_pool_grows_without_losing_an_order()
    {
        OrderPool pool = new(1);
        OrderBook book = new(pool);
        for (int id = 1; id <= 100; id++)
        {
            _ = book.Rest(BookText.Resting($"s{id}:{id}x{id}+{id}^{id}@{id}"));
        }

        pool.EnsureCapacity(1_000);
        Assert.Equal(1_000, pool.Capacity);
        AssertAsks(
            book,
            string.Join(' ', Enumerable.Range(1, 100).Select(id => $"s{id}:{id}x{id}+{id}^{id}@{id}")));
    }

    private static OrderBook BookOf(string orders, out OrderHandle[] handles)
    {
        OrderBook book = new(new OrderPool(4));
        handles = [.. BookText.Words(orders).Select(text => book.Rest(BookText.Resting(text)))];
        return book;
    }

    private static void AssertAsks(OrderBook book, string orders) => Assert.Equal(
        BookText.Words(orders).Select(BookText.Resting), TwinBooks.ListOf(book.Orders(BookSide.Ask)));

    private Placement Place(OrderBook book, string order) => book.Place(BookText.Arriving(order), ref _log);
}
