using System.Globalization;

namespace Oms.Matching.Tests;

/// <summary>
/// Ten seconds of a real market, order by order, with the ten best levels after each (LOBSTER's sample of
/// AAPL at NASDAQ, 2012-06-21). A row tells all about its ten levels and nothing of what lies behind them: so
/// nine levels are known after an event, ten if it emptied none.
/// </summary>
public sealed class RecordedMarketTests
{
    private const int LevelsRecorded = 10;

    [Fact]
    public void The_book_after_each_recorded_event_is_the_recorded_one()
    {
        string[] events = Lines("message");
        string[] books = Lines("orderbook");
        Assert.Equal((999, 999), (events.Length, books.Length));
        RecordedMarket market = new();
        market.Learn(LevelsOf(books[0], BookSide.Bid), LevelsOf(books[0], BookSide.Ask));
        for (int row = 1; row < events.Length; row++)
        {
            market.Apply(events[row]);
            foreach (BookSide side in (BookSide[])[BookSide.Bid, BookSide.Ask])
            {
                BookLevel[] recorded = LevelsOf(books[row], side);
                BookLevel[] levels = market.Levels(side);
                Assert.InRange(levels.Length, LevelsRecorded - 1, LevelsRecorded + 1);
                int known = Math.Min(levels.Length, LevelsRecorded);
                Assert.Equal(recorded[..known], levels[..known]);
            }

            market.Learn(LevelsOf(books[row], BookSide.Bid), LevelsOf(books[row], BookSide.Ask));
        }

        Assert.Equal(98, market.ExecutionCount);
    }

    private static string[] Lines(string kind) => File.ReadAllLines(RecordedFiles.Path(
        "market", "lobster-sample", $"AAPL_2012-06-21_34200000_57600000_{kind}_10.csv"));

    /// <summary>A row is: ask price, ask size, bid price, bid size, of the best level first.</summary>
    private static BookLevel[] LevelsOf(string row, BookSide side)
    {
        long[] numbers =
            [.. row.Split(',').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        int offset = side == BookSide.Ask ? 0 : 2;
        return
        [
            .. Enumerable.Range(0, LevelsRecorded).Select(
                level => new BookLevel(numbers[(4 * level) + offset], numbers[(4 * level) + offset + 1])),
        ];
    }
}
