using Oms.ExchangeSimulator.Crowd;
using Oms.ExchangeSimulator.Exchange;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>Stop-loss, take-profit and trailing orders, icebergs, and the exchange's own worked examples.</summary>
public sealed class ConditionalOrderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestExchange _test;

    public ConditionalOrderTests() => _test = new TestExchange(_directory.Path);

    public void Dispose()
    {
        _test.Dispose();
        _directory.Dispose();
    }

    [Theory]
    //          type, side, stop, prices; the last one fires it and none before
    [InlineData("StopLossLimit", "Buy", "44000", "40000 43999.99 44000")]
    [InlineData("StopLoss", "Sell", "39000", "40000 41500 39000.01 39000")]
    [InlineData("TakeProfitLimit", "Buy", "38000", "40000 42000 38000.01 38000")]
    [InlineData("TakeProfit", "Sell", "42000", "40000 39000 42000")]
    public void A_conditional_order_fires_when_its_price_has_come(
        string type, string side, string stop, string prices)
    {
        ClientOrder order = PlaceAt(type, side, stop, 0, prices);
        Assert.True(order.IsWaiting);
        Assert.Equal((OrderState.New, -1), (order.State, order.WorkingMs));
        AssertFiresAtTheLast(order, prices);
    }

    [Theory]
    // The exchange's own examples A to E of trailing stops.
    [InlineData("StopLossLimit", "Buy", "44000", 500, "40000 37000 44000 45000 46000 42000 44099.99 44100")]
    [InlineData("StopLossLimit", "Sell", "39000", 1_000, "40000 41500 39000 37000 41000 36900.01 36900")]
    [InlineData("TakeProfitLimit", "Buy", "38000", 850, "40000 42000 38000 37000 39000 38000 40144.99 40145")]
    [InlineData(
        "TakeProfitLimit", "Sell", "42000", 750, "40000 41500 39000 42000 45000 44000 46500 43012.51 43012.5")]
    [InlineData("StopLossLimit", "Sell", "0", 700, "40000 37200.01 37200")]
    public void A_trailing_order_follows_the_best_price(
        string type, string side, string stop, int delta, string prices) =>
        AssertFiresAtTheLast(PlaceAt(type, side, stop, delta, prices), prices);

    [Theory]
    [InlineData("StopLoss", "Buy", "40000", "WouldTrigger")]
    [InlineData("StopLoss", "Buy", "40000.01", "None")]
    [InlineData("StopLossLimit", "Sell", "40000", "WouldTrigger")]
    [InlineData("StopLossLimit", "Sell", "39999.99", "None")]
    [InlineData("TakeProfitLimit", "Buy", "40000", "WouldTrigger")]
    [InlineData("TakeProfit", "Sell", "40000", "WouldTrigger")]
    [InlineData("TakeProfit", "Sell", "40000.01", "None")]
    [InlineData("StopLoss", "Sell", "39000.001", "PriceFilter")]
    public void An_order_that_would_fire_at_once_is_refused(
        string type, string side, string stop, string refusal)
    {
        Trade("40000");
        Assert.Equal(refusal, Place(type, side, stop, 0).Refusal.ToString());
    }

    [Fact]
    public void A_waiting_sale_has_its_balance_set_aside_and_sells_it_when_its_price_has_come()
    {
        Trade("40000");
        _test.Crowd((BookSide.Bid, "38900", "3"));
        ClientOrder order = Accepted(Place("StopLoss", "Sell", "39000", 0));
        Assert.Equal(Amount.Of("0.1"), _test.Alice.BalanceOf("BTC").Locked);
        Trade("39000");
        Assert.Equal((OrderState.Filled, Amount.Of("38900")), (order.State, order.Trades.Single().Price));
        Assert.Equal((0, Amount.Of("4.9")), (_test.Alice.BalanceOf("BTC").Locked, _test.Alice.BalanceOf("BTC").Free));
        Assert.Equal(
            [ExecutionType.New, ExecutionType.New, ExecutionType.Trade],
            _test.Events.Executions.Select(report => report.Type));
        Assert.Equal([-1, order.WorkingMs, order.WorkingMs], _test.Events.Executions.Select(each => each.WorkingMs));
    }

    [Fact]
    public void A_buy_at_any_price_that_cannot_be_paid_when_its_price_has_come_expires()
    {
        Trade("40000");
        _test.Crowd((BookSide.Ask, "41000", "9"));
        ClientOrder order = Accepted(Place("StopLoss", "Buy", "41000", 0, quantity: "4"));
        Trade("41000");
        Assert.Equal((OrderState.Expired, ExpiryReason.RejectedUnpaid), (order.State, order.ExpiryReason));
    }

    [Fact]
    public void One_that_fires_may_let_another_fire()
    {
        Trade("40000");
        _test.Crowd((BookSide.Bid, "38900", "0.1"), (BookSide.Bid, "38000", "3"));
        ClientOrder first = Accepted(Place("StopLoss", "Sell", "39000", 0));
        ClientOrder second = Accepted(Place("StopLoss", "Sell", "38950", 0, account: _test.Bob));
        Trade("39000");
        Assert.Equal((OrderState.Filled, OrderState.Filled), (first.State, second.State));
        Assert.Equal(Amount.Of("38000"), second.Trades.Single().Price);
    }

    [Fact]
    public void Five_conditional_orders_wait_at_most_and_a_cancel_makes_room()
    {
        Trade("40000");
        ClientOrder[] orders = [.. Enumerable.Range(0, 5).Select(_ => Accepted(Place("StopLoss", "Sell", "39000", 0)))];
        Assert.Equal(RefusalReason.MaxNumAlgoOrders, Place("StopLoss", "Sell", "39000", 0).Refusal);
        _ = _test.Core.Cancel(new CancelOrder(
            _test.Alice, _test.Market, orders[2].OrderId, null, null, CancelRestriction.None));
        Assert.Equal(Amount.Of("0.4"), _test.Alice.BalanceOf("BTC").Locked);
        _ = Accepted(Place("StopLoss", "Sell", "39000", 0));
    }

    [Theory]
    [InlineData(9, "TrailingDelta")]
    [InlineData(10, "None")]
    [InlineData(2_000, "None")]
    [InlineData(2_001, "TrailingDelta")]
    public void A_trailing_delta_has_bounds(int delta, string refusal) =>
        Assert.Equal(refusal, Place("StopLoss", "Sell", "0", delta).Refusal.ToString());

    [Theory]
    [InlineData("1", "1.1", "IcebergExceedsQuantity")]
    [InlineData("1", "0.000001", "LotSize")]
    [InlineData("1.01", "0.01", "IcebergParts")]
    [InlineData("1", "0.01", "None")]
    public void An_iceberg_has_a_hundred_parts_at_most(string quantity, string shown, string refusal) =>
        Assert.Equal(refusal, Iceberg(_test.Alice, OrderSide.Sell, "60000", quantity, shown).Refusal.ToString());

    [Fact]
    public void An_iceberg_shows_a_part_and_goes_behind_when_that_has_traded()
    {
        ClientOrder iceberg = Accepted(Iceberg(_test.Alice, OrderSide.Sell, "60000", "1", "0.2"));
        ClientOrder behind = Accepted(_test.Limit(_test.Bob, OrderSide.Sell, "60000", "0.5"));
        Assert.Equal(Amount.Of("0.7"), _test.Market.Book.QuantityAt(BookSide.Ask, Amount.Of("60000")));
        _test.Crowd((BookSide.Bid, "60000", "0.4"));
        Assert.Equal(
            (Amount.Of("0.2"), Amount.Of("0.2")), (iceberg.ExecutedQuantity, behind.ExecutedQuantity));
        Assert.Equal(Amount.Of("0.5"), _test.Market.Book.QuantityAt(BookSide.Ask, Amount.Of("60000")));
        string before = _test.Snapshot();
        _test.Dispose();
        using TestExchange again = new(_directory.Path);
        Assert.Equal(before, again.Snapshot());
        Assert.Equal(Amount.Of("0.5"), again.Market.Book.QuantityAt(BookSide.Ask, Amount.Of("60000")));
    }

    [Fact]
    public void An_own_order_behind_an_iceberg_is_never_traded_with()
    {
        _ = Accepted(Iceberg(_test.Bob, OrderSide.Sell, "60000", "1", "0.2"));
        ClientOrder own = Accepted(_test.Limit(_test.Alice, OrderSide.Sell, "60000", "0.5"));
        ClientOrder taker = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "60000", "1"));
        Assert.Equal((OrderState.ExpiredInMatch, OrderState.Filled), (own.State, taker.State));
    }

    [Fact]
    public void What_waits_and_follows_does_so_after_a_restart()
    {
        Trade("40000");
        _ = Accepted(Place("StopLossLimit", "Sell", "0", 1_000, price: "30000"));
        _ = Accepted(Place("StopLoss", "Sell", "35000", 0, account: _test.Bob));
        Trade("41000");
        string before = _test.Snapshot();
        _test.Dispose();
        using TestExchange again = new(_directory.Path);
        Assert.Equal(before, again.Snapshot());
        Assert.Equal(2, again.Market.Waiting.Count);
        ClientOrder trailing = again.Alice.OpenOrders.Single();
        again.Core.Apply(again.Market, new CrowdTrade(0, Amount.Of("36900.01"), Amount.Of("1"), true));
        Assert.True(trailing.IsWaiting);
        again.Core.Apply(again.Market, new CrowdTrade(0, Amount.Of("36900"), Amount.Of("1"), true));
        Assert.True(trailing.IsWorking);
    }

    private ClientOrder PlaceAt(string type, string side, string stop, int delta, string prices)
    {
        Trade(prices.Split(' ')[0]);
        return Accepted(Place(type, side, stop, delta, price: side == "Buy" ? "30000" : "60000"));
    }

    private void AssertFiresAtTheLast(ClientOrder order, string prices)
    {
        string[] all = prices.Split(' ');
        foreach (string price in all[1..^1])
        {
            Trade(price);
            Assert.True(order.IsWaiting, $"fired at {price}");
        }

        Trade(all[^1]);
        Assert.True(order.IsWorking, "did not fire");
    }

    private void Trade(string price) => _test.Core.Apply(
        _test.Market, new CrowdTrade(0, Amount.Of(price), Amount.Of("0.01"), IsSellerAggressor: true));

    private PlaceResult Place(
        string type, string side, string stop, int delta, string quantity = "0.1", string price = "40000",
        Account? account = null)
    {
        OrderType kind = Enum.Parse<OrderType>(type);
        return _test.Exchange.Place(new NewOrder(
            account ?? _test.Alice, _test.Market, null, Enum.Parse<OrderSide>(side), kind,
            TimeInForce.GoodTillCanceled, OrderTypes.HasPrice(kind) ? Amount.Of(price) : 0, Amount.Of(quantity), 0,
            SelfTradePrevention.ExpireMaker)
        {
            Terms = new SpotTerms(Amount.Of(stop), delta),
        });
    }

    private PlaceResult Iceberg(Account account, OrderSide side, string price, string quantity, string shown) =>
        _test.Exchange.Place(new NewOrder(
            account, _test.Market, null, side, OrderType.Limit, TimeInForce.GoodTillCanceled, Amount.Of(price),
            Amount.Of(quantity), 0, SelfTradePrevention.ExpireMaker)
        {
            Terms = new SpotTerms(IcebergQuantity: Amount.Of(shown)),
        });

    private static ClientOrder Accepted(PlaceResult result)
    {
        Assert.Equal(RefusalReason.None, result.Refusal);
        return result.Order ?? throw new InvalidOperationException();
    }
}
