using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Tests;

public sealed class AlgoOrderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestFutures _test;

    public AlgoOrderTests()
    {
        _test = new TestFutures(_directory.Path);
        _test.Crowd((BookSide.Bid, "59999", "5"), (BookSide.Ask, "60001", "5"));
    }

    public void Dispose()
    {
        _test.Dispose();
        _directory.Dispose();
    }

    [Theory]
    //          type, side, trigger, mark that does not fire, mark that fires
    [InlineData(AlgoType.StopMarket, OrderSide.Sell, "59000", "59001", "59000")]
    [InlineData(AlgoType.StopMarket, OrderSide.Buy, "61000", "60999", "61000")]
    [InlineData(AlgoType.TakeProfitMarket, OrderSide.Sell, "61000", "60999", "61000")]
    [InlineData(AlgoType.TakeProfitMarket, OrderSide.Buy, "59000", "59001", "59000")]
    internal void A_conditional_order_becomes_an_order_when_its_price_has_come(
        AlgoType type, OrderSide side, string trigger, string before, string at)
    {
        AlgoOrder order = Accepted(Place(type, side, trigger));
        _test.Exchange.HoldMark(_test.Market, Amount.Of(before));
        Assert.Equal((AlgoState.New, 0L), (order.State, order.ActualOrderId));
        _test.Exchange.HoldMark(_test.Market, Amount.Of(at));
        ClientOrder actual = Assert.Single(_test.Alice.Account.Orders);
        Assert.Equal((order.ActualOrderId, order.ClientAlgoId, OrderState.Filled), (
            actual.OrderId, actual.ClientOrderId, actual.State));
        Assert.Equal(
            [AlgoState.New, AlgoState.Triggering, AlgoState.Triggered, AlgoState.Finished], _test.AlgoStates);
    }

    [Fact]
    public void One_that_would_trigger_at_once_is_refused()
    {
        Assert.Equal(
            FuturesRefusal.WouldTriggerAtOnce, Place(AlgoType.StopMarket, OrderSide.Sell, "60500").Refusal);
        Assert.Empty(_test.Exchange.Algos.Of(_test.Alice.Account));
    }

    [Fact]
    public void A_trailing_stop_follows_the_best_price_and_fires_when_it_has_fallen_back()
    {
        AlgoOrder order = Accepted(Place(AlgoType.TrailingStopMarket, OrderSide.Sell, "0", rate: "1"));
        foreach (string mark in new[] { "61000", "60500", "61500", "60886" })
        {
            _test.Exchange.HoldMark(_test.Market, Amount.Of(mark));
            Assert.Equal(AlgoState.New, order.State);
        }

        _test.Exchange.HoldMark(_test.Market, Amount.Of("60885"));
        Assert.Equal(AlgoState.Finished, order.State);
    }

    [Fact]
    public void One_that_closes_a_position_has_its_size_when_it_fires_and_ends_without_one()
    {
        Assert.NotNull(_test.AtMarket(_test.Alice, OrderSide.Buy, "0.3").Order);
        AlgoOrder first = Accepted(Place(AlgoType.StopMarket, OrderSide.Sell, "59000", closesPosition: true));
        AlgoOrder second = Accepted(Place(AlgoType.StopMarket, OrderSide.Sell, "58000", closesPosition: true));
        _test.Exchange.HoldMark(_test.Market, Amount.Of("59000"));
        Assert.Equal(0, _test.Alice.PositionOf(_test.Market, PositionSide.Both).Quantity);
        _test.Exchange.HoldMark(_test.Market, Amount.Of("58000"));
        Assert.Equal((AlgoState.Finished, AlgoState.Expired), (first.State, second.State));
    }

    [Fact]
    public void One_whose_order_is_refused_is_rejected_and_what_is_canceled_never_fires()
    {
        AlgoOrder tooMuch = Accepted(Place(AlgoType.StopMarket, OrderSide.Sell, "59000", quantity: "50"));
        AlgoOrder canceled = Accepted(Place(AlgoType.StopMarket, OrderSide.Sell, "59000"));
        Assert.True(_test.Exchange.Algos.Cancel(canceled));
        _test.Exchange.HoldMark(_test.Market, Amount.Of("59000"));
        Assert.Equal((AlgoState.Rejected, AlgoState.Canceled), (tooMuch.State, canceled.State));
        Assert.Empty(_test.Alice.Account.Orders);
    }

    [Fact]
    public void It_waits_on_after_a_restart()
    {
        _ = Accepted(Place(AlgoType.StopMarket, OrderSide.Sell, "59000"));
        _test.Dispose();
        using TestFutures again = new(_directory.Path);
        again.Crowd((BookSide.Bid, "59999", "5"), (BookSide.Ask, "60001", "5"));
        again.Exchange.HoldMark(again.Market, Amount.Of("59000"));
        Assert.Equal(OrderState.Filled, Assert.Single(again.Alice.Account.Orders).State);
    }

    private static AlgoOrder Accepted(AlgoResult result)
    {
        Assert.Equal(FuturesRefusal.None, result.Refusal);
        return result.Order ?? throw new InvalidOperationException("accepted without an order");
    }

    private AlgoResult Place(
        AlgoType type, OrderSide side, string trigger, string rate = "0", bool closesPosition = false,
        string quantity = "0.1") => _test.Exchange.Algos.Place(new AlgoOrder(
            "alice", "BTCUSDT", 0, $"algo-{_test.AlgoStates.Count}", side, PositionSide.Both, type,
            TimeInForce.GoodTillCanceled, closesPosition ? 0 : Amount.Of(quantity), 0, Amount.Of(trigger),
            IsAtMark: true, closesPosition, IsReduceOnly: false, 0, Amount.Of(rate), 1_700_000_000_000));
}
