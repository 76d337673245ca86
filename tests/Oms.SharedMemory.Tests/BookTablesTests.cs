using Microsoft.Extensions.Time.Testing;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Time;
using Oms.SharedMemory.Tables;

namespace Oms.SharedMemory.Tests;

public sealed class BookTablesTests : IDisposable
{
    private static readonly InstrumentId Second = new(2);

    private readonly TestRegion _test = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _test.Dispose();

    [Fact]
    public void A_book_is_read_as_it_was_written_and_the_newest_of_the_connectors_counts()
    {
        using StateTable<BookRow> first = Writer(0);
        using var books = new BookTables(_test.Region, _time);
        Assert.Null(books.Of(Second));

        Write(first, Row(bids: [(101, 1), (100, 2)], asks: [(102, 3)]));
        BookRow read = books.Of(Second).GetValueOrDefault();
        Assert.Equal([Level(101, 1), Level(100, 2)], read.Bids.ToArray());
        Assert.Equal([Level(102, 3)], read.Asks.ToArray());
        Assert.Equal(77, read.ExchangeUnixNanos);
        Assert.Null(books.Of(new(1)));
        Assert.Null(books.Of(InstrumentId.None));

        using StateTable<BookRow> other = Writer(1);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Write(other, Row(bids: [(99, 9)], asks: []));
        Assert.Equal(99, books.Of(Second).GetValueOrDefault().Bids[0].Price);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Write(other, Row([], []));
        Assert.Equal(101, books.Of(Second).GetValueOrDefault().Bids[0].Price);
    }

    [Fact]
    public void A_book_that_nobody_states_any_more_is_not_known()
    {
        using StateTable<BookRow> table = Writer(0);
        using var books = new BookTables(_test.Region, _time);
        Write(table, Row(bids: [(101, 1)], asks: [(102, 3)]));
        _time.Advance(BookTables.AgeMax - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(books.Of(Second));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(books.Of(Second));
    }

    [Fact]
    public void Of_more_levels_than_there_is_room_for_the_best_are_kept()
    {
        BookLevel[] levels = [.. Enumerable.Range(1, BookSide.LevelsMax + 1).Select(price => Level(price, price))];
        var row = new BookRow(levels, levels.AsSpan(0, 3), 0);
        Assert.Equal(levels[..BookSide.LevelsMax], row.Bids.ToArray());
        Assert.Equal(levels[..3], row.Asks.ToArray());
        Assert.Equal(row, new BookRow(levels, levels.AsSpan(0, 3), 0));
        Assert.NotEqual(row, new BookRow(levels, levels.AsSpan(0, 4), 0));
    }

    private static BookLevel Level(long price, long quantity) => new() { Price = price, Quantity = quantity };

    private static BookRow Row((long, long)[] bids, (long, long)[] asks) => new(Levels(bids), Levels(asks), 77);

    private static BookLevel[] Levels((long Price, long Quantity)[] levels) =>
        [.. levels.Select(level => Level(level.Price, level.Quantity))];

    private StateTable<BookRow> Writer(ushort connector) =>
        StateTable<BookRow>.OpenWriter(_test.Region, StateTables.BooksOf(connector), 4);

    private void Write(StateTable<BookRow> table, BookRow row)
    {
        row = row with { StatedUnixNanos = UnixNanos.Of(_time.GetUtcNow()).Value };
        table.Write(BookTables.RowOf(Second), in row);
    }
}
