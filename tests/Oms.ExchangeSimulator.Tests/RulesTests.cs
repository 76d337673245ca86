using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Tests;

public sealed class RulesTests
{
    [Theory]
    //          type          price        quantity     quote   verdict
    [InlineData("Limit", "60000", "0.001", "0", "None")]
    [InlineData("Limit", "60000.001", "0.001", "0", "PriceFilter")]
    [InlineData("Limit", "0.001", "0.001", "0", "PriceFilter")]
    [InlineData("Limit", "1000000.01", "0.001", "0", "PriceFilter")]
    [InlineData("Limit", "300000", "0.001", "0", "None")]
    [InlineData("Limit", "300000.01", "0.001", "0", "PercentPriceBySide")]
    [InlineData("Limit", "12000", "0.001", "0", "None")]
    [InlineData("Limit", "11999.99", "0.001", "0", "PercentPriceBySide")]
    [InlineData("Limit", "60000", "0.000001", "0", "LotSize")]
    [InlineData("Limit", "60000", "0.001001", "0", "LotSize")]
    [InlineData("Limit", "60000", "9000.00001", "0", "LotSize")]
    [InlineData("Limit", "60000", "0.00008", "0", "Notional")]
    [InlineData("Limit", "50000", "0.0001", "0", "None")]
    [InlineData("Limit", "60000", "150.00001", "0", "Notional")]
    [InlineData("Limit", "60000", "150", "0", "None")]
    [InlineData("Market", "0", "0.001", "0", "None")]
    [InlineData("Market", "0", "0.00008", "0", "Notional")]
    [InlineData("Market", "0", "0.000081", "0", "LotSize")]
    [InlineData("Market", "0", "76.67834", "0", "None")]
    [InlineData("Market", "0", "76.67835", "0", "MarketLotSize")]
    [InlineData("Market", "0", "0", "5", "None")]
    [InlineData("Market", "0", "0", "4.99", "Notional")]
    public void Filters_judge_in_exact_decimals(
        string type, string price, string quantity, string quote, string verdict)
    {
        SymbolRules rules = SpotSymbols.All.Single(symbol => symbol.Name == "BTCUSDT").Rules;
        Assert.Equal(verdict, rules.Check(
            Enum.Parse<OrderType>(type), Amount.Of(price), Amount.Of(quantity), Amount.Of(quote),
            Amount.Of("60000")).ToString());
    }

    [Theory]
    [InlineData("17491.25", "0.0000023", "0.04022988")] // The exchange's own worked example, rounded half up.
    [InlineData("17491.25", "0.0000006", "0.01049475")]
    [InlineData("0.01", "0.001", "0.00001")]
    [InlineData("0.00000499", "0.001", "0")]
    [InlineData("0.000005", "0.001", "0.00000001")]
    public void Commission_is_exact_to_the_eighth_decimal(string received, string rate, string commission)
    {
        CommissionRates rates = new(Amount.Of(rate), Amount.Of(rate));
        Assert.Equal(Amount.Of(commission), rates.Of(Amount.Of(received), isMaker: true));
    }

    [Theory]
    // '+' new order, 't' first fill as taker, 'm' first fill as maker, then the count.
    [InlineData("++t+", 2)]
    [InlineData("++t++t", 2)]
    [InlineData("+++++m", 0)]
    [InlineData("+++++m++", 2)]
    [InlineData("+++++m++m+", 1)]
    [InlineData("t", 0)]
    public void The_order_count_gives_back_at_first_fills(string story, int count)
    {
        UnfilledOrderCount orders = new(new OrderCountLimits(50, 100));
        foreach (char step in story)
        {
            if (step == '+')
            {
                orders.Add(1_000);
            }
            else
            {
                orders.GiveBackForFirstFill(step == 'm', 1_000);
            }
        }

        Assert.Equal((count, count), (orders.Per10Seconds(1_000), orders.PerLongWindow(1_000)));
    }

    [Fact]
    public void Order_count_windows_are_aligned_to_the_clock()
    {
        UnfilledOrderCount orders = new(new OrderCountLimits(2, 3));
        orders.Add(9_998);
        orders.Add(9_999);
        Assert.Equal(RefusalReason.TooManyOrdersPer10Seconds, orders.Check(9_999));
        Assert.Equal(RefusalReason.None, orders.Check(10_000));
        orders.Add(10_000);
        Assert.Equal(RefusalReason.TooManyOrdersPerDay, orders.Check(20_000));
        Assert.Equal(RefusalReason.None, orders.Check(86_400_000));
    }
}
