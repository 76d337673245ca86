using Oms.ExchangeSimulator.Crowd;
using Oms.ExchangeSimulator.Exchange;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Tests;

public sealed class SpotExchangeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestExchange _test;

    public SpotExchangeTests() => _test = new TestExchange(_directory.Path);

    public void Dispose()
    {
        _test.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_buy_pays_the_makers_price_and_its_commission_comes_from_what_it_received()
    {
        _test.Crowd((BookSide.Ask, "60000", "1"));
        ClientOrder order = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "60001", "0.5"));
        Assert.Equal(OrderState.Filled, order.State);
        Assert.Equal(Amount.Of("70000"), _test.Alice.BalanceOf("USDT").Free);
        Assert.Equal(0, _test.Alice.BalanceOf("USDT").Locked);
        Assert.Equal(Amount.Of("5.4995"), _test.Alice.BalanceOf("BTC").Free);
        Assert.Equal(Amount.Of("0.5"), _test.Market.Book.QuantityAt(BookSide.Ask, Amount.Of("60000")));
    }

    [Fact]
    public void A_resting_order_locks_its_cost_and_a_cancel_gives_it_back()
    {
        ClientOrder order = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "50000", "1", id: "mine"));
        Assert.Equal(Amount.Of("50000"), _test.Alice.BalanceOf("USDT").Locked);
        CancelResult canceled = _test.Core.Cancel(
            new CancelOrder(_test.Alice, _test.Market, null, "mine", "stop", CancelRestriction.None));
        Assert.Same(order, canceled.Order);
        Assert.Equal(OrderState.Canceled, order.State);
        Assert.Equal(0, _test.Alice.BalanceOf("USDT").Locked);
        Assert.Equal(Amount.Of("100000"), _test.Alice.BalanceOf("USDT").Free);
    }

    [Theory]
    //          kind                            crowd   wanted  executed  ends as
    [InlineData(TimeInForce.GoodTillCanceled, "0.4", "1", "0.4", "PartiallyFilled")]
    [InlineData(TimeInForce.ImmediateOrCancel, "0.4", "1", "0.4", "Expired")]
    [InlineData(TimeInForce.ImmediateOrCancel, "2", "1", "1", "Filled")]
    [InlineData(TimeInForce.FillOrKill, "0.4", "1", "0", "Expired")]
    [InlineData(TimeInForce.FillOrKill, "1", "1", "1", "Filled")]
    internal void The_time_in_force_decides_what_becomes_of_the_remainder(
        TimeInForce timeInForce, string crowd, string wanted, string executed, string state)
    {
        _test.Crowd((BookSide.Ask, "60000", crowd));
        ClientOrder order = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "60000", wanted, timeInForce));
        Assert.Equal(state, order.State.ToString());
        Assert.Equal(Amount.Of(executed), order.ExecutedQuantity);
    }

    [Fact]
    public void A_market_order_that_runs_out_of_book_expires()
    {
        _test.Crowd((BookSide.Bid, "60000", "0.4"));
        ClientOrder order = Accepted(_test.AtMarket(_test.Alice, OrderSide.Sell, "1"));
        Assert.Equal(
            (OrderState.Expired, ExpiryReason.InsufficientLiquidity), (order.State, order.ExpiryReason));
        Assert.Equal(Amount.Of("4.6"), _test.Alice.BalanceOf("BTC").Free);
        Assert.Equal(
            [ExecutionType.New, ExecutionType.Trade, ExecutionType.Expired],
            _test.Events.Executions.Select(report => report.Type));
    }

    [Fact]
    public void A_market_order_sized_in_quote_stays_within_it_in_whole_steps()
    {
        _test.Crowd((BookSide.Ask, "60000", "0.01"), (BookSide.Ask, "61000", "1"));
        ClientOrder order = Accepted(_test.AtMarket(_test.Alice, OrderSide.Buy, "0", "1000"));
        Assert.Equal(Amount.Of("0.01655"), order.ExecutedQuantity);
        Assert.Equal(Amount.Of("999.55"), order.ExecutedQuote);
        Assert.Equal(OrderState.Filled, order.State);
    }

    [Fact]
    public void A_client_order_id_is_unique_among_open_orders_only()
    {
        _ = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "50000", "0.1", id: "one"));
        Assert.Equal(
            RefusalReason.DuplicateOrder,
            _test.Limit(_test.Alice, OrderSide.Buy, "50000", "0.1", id: "one").Refusal);
        _ = Accepted(_test.Limit(_test.Bob, OrderSide.Buy, "50000", "0.1", id: "one"));
        _test.Crowd((BookSide.Ask, "50000", "1"));
        _ = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "40000", "0.1", id: "one"));
    }

    [Theory]
    [InlineData("50000", "3", "InsufficientBalance")]
    [InlineData("60000", "0.1", "WouldTakeLiquidity")]
    [InlineData("59999", "0.1", "None")]
    public void A_post_only_order_is_refused_when_it_would_take_or_cannot_be_paid(
        string price, string quantity, string refusal)
    {
        _test.Crowd((BookSide.Ask, "60000", "1"));
        PlaceResult result = _test.Limit(
            _test.Alice, OrderSide.Buy, price, quantity, type: OrderType.LimitMaker);
        Assert.Equal(refusal, result.Refusal.ToString());
    }

    [Theory]
    [InlineData("ExpireMaker", "ExpiredInMatch", "New")]
    [InlineData("ExpireTaker", "New", "ExpiredInMatch")]
    [InlineData("ExpireBoth", "ExpiredInMatch", "ExpiredInMatch")]
    public void An_account_never_trades_with_itself(string mode, string makerState, string takerState)
    {
        ClientOrder maker = Accepted(_test.Limit(_test.Alice, OrderSide.Sell, "60000", "1"));
        ClientOrder taker = Accepted(_test.Limit(
            _test.Alice, OrderSide.Buy, "60000", "1", prevention: Enum.Parse<SelfTradePrevention>(mode)));
        Assert.Equal((makerState, takerState), (maker.State.ToString(), taker.State.ToString()));
        Assert.Empty(_test.Alice.Trades);
    }

    [Fact]
    public void What_is_ahead_of_an_own_order_trades_before_the_own_order_expires()
    {
        ClientOrder others = Accepted(_test.Limit(_test.Bob, OrderSide.Sell, "60000", "0.3"));
        ClientOrder own = Accepted(_test.Limit(_test.Alice, OrderSide.Sell, "60000", "0.3"));
        ClientOrder taker = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "60000", "1"));
        Assert.Equal((OrderState.Filled, OrderState.ExpiredInMatch), (others.State, own.State));
        Assert.Equal((OrderState.PartiallyFilled, Amount.Of("0.3")), (taker.State, taker.ExecutedQuantity));
    }

    [Fact]
    public void A_crowd_level_through_a_resting_order_fills_it_at_the_orders_price()
    {
        _test.Crowd((BookSide.Ask, "60000", "1"));
        ClientOrder order = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "59990", "0.4"));
        _test.Crowd((BookSide.Ask, "60000", "0"), (BookSide.Ask, "59980", "0.5"));
        Assert.Equal(OrderState.Filled, order.State);
        Assert.Equal(Amount.Of("59990"), order.Trades.Single().Price);
        Assert.True(order.Trades.Single().IsMaker);
        Assert.Equal(Amount.Of("0.1"), _test.Market.Book.QuantityAt(BookSide.Ask, Amount.Of("59980")));
    }

    [Fact]
    public void A_recorded_trade_hits_clients_at_its_price_or_better_and_nobody_else()
    {
        _test.Crowd((BookSide.Bid, "60000", "1"));
        ClientOrder at = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "60000", "0.4"));
        ClientOrder below = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "59999", "0.4"));
        _test.Core.Apply(
            _test.Market, new CrowdTrade(0, Amount.Of("60000"), Amount.Of("0.3"), IsSellerAggressor: true));
        Assert.Equal((Amount.Of("0.3"), 0), (at.ExecutedQuantity, below.ExecutedQuantity));
        Assert.Equal(Amount.Of("1.1"), _test.Market.Book.QuantityAt(BookSide.Bid, Amount.Of("60000")));
        _test.Core.Apply(
            _test.Market, new CrowdTrade(0, Amount.Of("60000"), Amount.Of("1"), IsSellerAggressor: false));
        Assert.Equal(0, below.ExecutedQuantity);
    }

    [Fact]
    public void A_stale_crowd_level_gives_way_to_a_newer_one_that_crosses_it()
    {
        _test.Crowd((BookSide.Ask, "60000", "1"), (BookSide.Ask, "60100", "1"));
        _test.Crowd((BookSide.Bid, "60050", "2"));
        Assert.Equal(0, _test.Market.Book.QuantityAt(BookSide.Ask, Amount.Of("60000")));
        Assert.Equal(Amount.Of("2"), _test.Market.Book.QuantityAt(BookSide.Bid, Amount.Of("60050")));
        Assert.Equal(Amount.Of("1"), _test.Market.Book.QuantityAt(BookSide.Ask, Amount.Of("60100")));
    }

    [Fact]
    public void A_journal_with_a_torn_last_line_restores_all_that_was_acknowledged()
    {
        _test.Crowd((BookSide.Ask, "60000", "0.5"));
        _ = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "60000", "1", id: "rests"));
        _ = Accepted(_test.Limit(_test.Bob, OrderSide.Sell, "61000", "1"));
        string before = _test.Snapshot();
        _test.Dispose();
        File.AppendAllText(Path.Combine(_directory.Path, ExchangeJournal.FileName), "{\"time_ms\":17000");
        using TestExchange again = new(_directory.Path);
        Assert.Equal(before, again.Snapshot());
        Assert.Equal(Amount.Of("0.5"), again.Market.Book.QuantityAt(BookSide.Bid, Amount.Of("60000")));
        ClientOrder next = Accepted(again.Limit(again.Alice, OrderSide.Buy, "100000", "0.001"));
        Assert.Equal(3, next.OrderId);
    }

    [Fact]
    public void A_journal_damaged_before_its_last_line_is_refused()
    {
        _test.Dispose();
        string path = Path.Combine(_directory.Path, ExchangeJournal.FileName);
        File.AppendAllText(path, "{\"oops\n{}\n");
        StartException refused = Assert.Throws<StartException>(() => ExchangeJournal.Open(_directory.Path));
        Assert.Contains($"{path}:3", refused.Message, StringComparison.Ordinal);
    }

    private static ClientOrder Accepted(PlaceResult result)
    {
        Assert.Equal(RefusalReason.None, result.Refusal);
        return result.Order ?? throw new InvalidOperationException();
    }
}
