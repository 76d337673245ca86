using Oms.ExchangeSimulator.Exchange;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>Orders made smaller in place.</summary>
public sealed class AmendTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestExchange _test;

    public AmendTests() => _test = new TestExchange(_directory.Path);

    public void Dispose()
    {
        _test.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void An_amended_order_keeps_its_turn_and_gives_back_what_it_no_longer_needs()
    {
        ClientOrder first = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "50000", "1", id: "first"));
        ClientOrder second = Accepted(_test.Limit(_test.Bob, OrderSide.Buy, "50000", "1"));
        ReduceResult result = Reduce(first, "0.4", "smaller");
        Assert.Equal(RefusalReason.None, result.Refusal);
        Assert.Equal(("smaller", Amount.Of("0.4")), (first.ClientOrderId, first.Quantity));
        Assert.Equal(Amount.Of("20000"), _test.Alice.BalanceOf("USDT").Locked);
        Assert.Same(first, _test.Alice.FindOrder(_test.Market, "smaller"));
        Assert.Null(_test.Alice.FindOrder(_test.Market, "first"));
        ExecutionReport told = _test.Events.Executions[^1];
        Assert.Equal(
            (ExecutionType.Replaced, "smaller", "first"),
            (told.Type, told.ClientOrderId, told.PreviousClientOrderId));
        _ = Accepted(_test.AtMarket(_test.Bob, OrderSide.Sell, "0.4"));
        Assert.Equal((OrderState.Filled, 0), (first.State, second.ExecutedQuantity));
    }

    [Theory]
    [InlineData("1", "AmendChangesNothing")]
    [InlineData("1.1", "AmendIncreases")]
    [InlineData("0.3", "AmendBelowExecuted")]
    [InlineData("0.300001", "LotSize")]
    [InlineData("0.30001", "None")]
    public void Only_what_is_open_can_be_taken_away(string quantity, string refusal)
    {
        ClientOrder order = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "50000", "1"));
        _ = Accepted(_test.AtMarket(_test.Bob, OrderSide.Sell, "0.3"));
        Assert.Equal(refusal, Reduce(order, quantity, null).Refusal.ToString());
    }

    [Fact]
    public void An_order_is_amended_ten_times_and_no_more_also_over_a_restart()
    {
        ClientOrder order = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "50000", "1"));
        for (int step = 1; step <= 10; step++)
        {
            Assert.Equal(RefusalReason.None, Reduce(order, $"0.{99 - step}", null).Refusal);
        }

        Assert.Equal(RefusalReason.TooManyAmendments, Reduce(order, "0.1", null).Refusal);
        string before = _test.Snapshot();
        _test.Dispose();
        using TestExchange again = new(_directory.Path);
        Assert.Equal(before, again.Snapshot());
        ClientOrder restored = again.Alice.OpenOrders.Single();
        Assert.Equal(order.Reductions, restored.Reductions);
        Assert.Equal(Amount.Of("0.89"), again.Market.Book.QuantityAt(BookSide.Bid, Amount.Of("50000")));
        Assert.Equal(Amount.Of("44500"), again.Alice.BalanceOf("USDT").Locked);
    }

    [Fact]
    public void What_is_not_there_cannot_be_amended()
    {
        ClientOrder order = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "50000", "1", id: "mine"));
        Assert.Equal(
            RefusalReason.AmendUnknownOrder,
            _test.Exchange.Amendments.Reduce(new ReduceOrder(
                _test.Bob, _test.Market, order.OrderId, null, null, Amount.Of("0.5"))).Refusal);
        Assert.Equal(
            RefusalReason.ClientOrderIdMismatch,
            _test.Exchange.Amendments.Reduce(new ReduceOrder(
                _test.Alice, _test.Market, order.OrderId, "other", null, Amount.Of("0.5"))).Refusal);
    }

    private ReduceResult Reduce(ClientOrder order, string quantity, string? newId) =>
        _test.Exchange.Amendments.Reduce(new ReduceOrder(
            order.Account, order.Market, order.OrderId, null, newId, Amount.Of(quantity)));

    private static ClientOrder Accepted(PlaceResult result)
    {
        Assert.Equal(RefusalReason.None, result.Refusal);
        return result.Order ?? throw new InvalidOperationException();
    }
}
