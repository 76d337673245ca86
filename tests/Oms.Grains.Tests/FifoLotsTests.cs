using System.Globalization;
using CsCheck;
using Oms.Grains.Positions;

namespace Oms.Grains.Tests;

public sealed class FifoLotsTests
{
    [Theory]
    [InlineData("+1@100", "0", "1@100")]
    [InlineData("+1@100 +2@110", "0", "1@100 2@110")]
    [InlineData("+1@100 +1@100", "0", "2@100")]
    [InlineData("+1@100 +2@110 -1@120", "20", "2@110")]
    [InlineData("+1@100 +2@110 -2@120", "30", "1@110")]
    [InlineData("+1@100 -1@90", "-10", "")]
    [InlineData("+1@100 -3@120", "20", "-2@120")]
    [InlineData("-2@100 -1@110 +1@90", "10", "-1@100 -1@110")]
    [InlineData("-2@100 +5@90", "20", "3@90")]
    [InlineData("+0.00000001@50000 -0.00000001@50001", "0.00000001", "")]
    public void The_oldest_lot_is_closed_first(string trades, string realized, string lots)
    {
        var book = new FifoLots([]);
        decimal sum = trades.Split(' ').Select(Parse).Sum(trade => book.Trade(trade.Quantity, trade.Price, 1));
        Assert.Equal(decimal.Parse(realized, CultureInfo.InvariantCulture), sum);
        Assert.Equal(lots, TextOf(book));
    }

    [Theory]
    [InlineData("+1@100 +2@110", "5", "1@100 2@110 2@77")]
    [InlineData("+1@100 +2@110", "1.5", "1.5@110")]
    [InlineData("+1@100", "-2", "-2@77")]
    [InlineData("-1@100", "-3", "-1@100 -2@77")]
    [InlineData("+1@100", "0", "")]
    public void What_the_exchange_stated_beyond_the_fills_comes_in_at_the_positions_cost(
        string trades, string quantity, string lots)
    {
        var book = new FifoLots([]);
        foreach ((decimal traded, decimal price) in trades.Split(' ').Select(Parse))
        {
            _ = book.Trade(traded, price, 1);
        }

        book.Adopt(decimal.Parse(quantity, CultureInfo.InvariantCulture), 77, 1);
        Assert.Equal(lots, TextOf(book));
    }

    /// <summary>Whatever is traded: what came in and what went out is realised or still open.</summary>
    [Fact]
    public void Cash_is_what_was_realised_less_the_cost_of_what_is_open() =>
        Gen.Select(Gen.Int[-50, 50].Where(quantity => quantity != 0), Gen.Int[1, 40])
            .Array[1, 600]
            .Sample(trades =>
            {
                var book = new FifoLots([]);
                decimal realized = 0;
                decimal cash = 0;
                foreach ((int quantity, int price) in trades)
                {
                    realized += book.Trade(quantity, price, 1);
                    cash -= (decimal)quantity * price;
                }

                decimal open = book.ToImmutable().Sum(lot => lot.Quantity * lot.Price);
                Assert.Equal(trades.Sum(trade => trade.Item1), book.Quantity);
                Assert.True(book.ToImmutable().Length <= FifoLots.LotsMax);
                Assert.Equal(cash, decimal.Round(realized - open, 12));
            });

    private static (decimal Quantity, decimal Price) Parse(string trade)
    {
        string[] parts = trade.Split('@');
        return (decimal.Parse(parts[0], CultureInfo.InvariantCulture),
            decimal.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static string TextOf(FifoLots book) => string.Join(' ', book.ToImmutable().Select(lot =>
        string.Create(CultureInfo.InvariantCulture, $"{lot.Quantity:0.########}@{lot.Price:0.########}")));
}
