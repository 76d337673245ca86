namespace Oms.Matching.Tests;

/// <summary>What is near the best price is in the window; what is not is searched for.</summary>
public sealed class PriceWindowTests
{
    private const int WindowLevels = 64;

    // The window begins a quarter of its length before the best price.
    [Theory]
    [InlineData(1, 1, 48, 0)]
    [InlineData(1, 1, 49, 1)]
    [InlineData(1, 1, 100, 52)]
    [InlineData(5, 5, 48, 0)]
    [InlineData(5, 5, 49, 1)]
    [InlineData(8, 8, 48, 0)]
    [InlineData(12, 12, 49, 1)]
    [InlineData(5, 10, 24, 0)]
    [InlineData(5, 10, 25, 1)]
    [InlineData(5, 1, 50, 40)]
    public void Levels_behind_the_window_or_off_the_tick_are_searched_for(
        long tickSize, long distance, int levels, int searched)
    {
        foreach (BookSide side in (BookSide[])[BookSide.Bid, BookSide.Ask])
        {
            OrderBook book = new(new OrderPool(levels), tickSize, WindowLevels);
            for (int level = 0; level < levels; level++)
            {
                long away = level * distance;
                Rest(book, level, side, side == BookSide.Bid ? 10_200 - away : 10_200 + away);
            }

            Assert.Equal(searched, book.SearchedLevelCount(side));
            Assert.Equal(levels, book.LevelCount(side));
        }
    }

    [Theory]
    [InlineData(BookSide.Ask, -500)]
    [InlineData(BookSide.Bid, 500)]
    [InlineData(BookSide.Ask, -1_000_000_000)]
    public void The_window_goes_to_a_better_price_after_as_many_levels_as_it_has(BookSide side, long away)
    {
        const int Left = 30;
        OrderBook book = new(new OrderPool(Left + 1), tickSize: 1, WindowLevels);
        for (int level = 0; level < Left; level++)
        {
            _ = Rest(book, level, side, side == BookSide.Bid ? -level : level);
        }

        for (int opened = 0; opened < WindowLevels; opened++)
        {
            OrderHandle handle = Rest(book, Left, side, away);
            Assert.Equal(1, book.SearchedLevelCount(side));
            Assert.True(book.TryCancel(handle, Left, out _));
        }

        _ = Rest(book, Left, side, away);
        Assert.Equal(Left, book.SearchedLevelCount(side));
    }

    [Fact]
    public void The_window_of_an_empty_side_goes_to_its_next_order()
    {
        OrderBook book = new(new OrderPool(1), tickSize: 1, WindowLevels);
        foreach (long price in (long[])[0, 1_000_000, -5, long.MaxValue, long.MinValue])
        {
            OrderHandle handle = Rest(book, price, BookSide.Ask, price);
            Assert.Equal(0, book.SearchedLevelCount(BookSide.Ask));
            Assert.True(book.TryCancel(handle, price, out _));
        }
    }

    [Fact]
    public void Another_tick_size_takes_in_what_was_off_the_tick()
    {
        OrderBook book = new(new OrderPool(8), tickSize: 10, WindowLevels);
        for (int level = 0; level < 30; level++)
        {
            _ = Rest(book, level, BookSide.Ask, 1_000 + level);
        }

        Assert.Equal(27, book.SearchedLevelCount(BookSide.Ask));
        book.SetTickSize(1);
        Assert.Equal(0, book.SearchedLevelCount(BookSide.Ask));
        book.SetTickSize(10);
        Assert.Equal(27, book.SearchedLevelCount(BookSide.Ask));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 63)]
    [InlineData(1, 65)]
    [InlineData(1, 4_160)]
    [InlineData(0, 64)]
    public void A_window_has_whole_words_and_a_tick(long tickSize, int windowLevels) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new OrderBook(new OrderPool(1), tickSize, windowLevels));

    private static OrderHandle Rest(OrderBook book, long orderId, BookSide side, long price) =>
        book.Rest(new RestingOrder(orderId, side, price, 1, 0, 0, default));
}
