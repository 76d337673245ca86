using Oms.ExchangeSimulator.Crowd;
using Oms.ExchangeSimulator.Exchange;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>Orders that depend on each other.</summary>
public sealed class OrderListTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private TestExchange _test;

    public OrderListTests()
    {
        _test = new TestExchange(_directory.Path);
        Trade("60000");
    }

    public void Dispose()
    {
        _test.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_pair_sets_aside_what_the_dearer_one_needs_once()
    {
        OrderList sale = Accepted(SellPair());
        Assert.Equal(Amount.Of("0.5"), _test.Alice.BalanceOf("BTC").Locked);
        OrderList purchase = Accepted(Place(
            ContingencyType.Oco,
            Order(OrderSide.Buy, OrderType.StopLossLimit, "61100", "61000"),
            Order(OrderSide.Buy, OrderType.LimitMaker, "59000")));
        Assert.Equal(Amount.Of("30550"), _test.Alice.BalanceOf("USDT").Locked);
        Restart();
        Assert.Equal(Amount.Of("30550"), _test.Alice.BalanceOf("USDT").Locked);
        Assert.True(_test.Exchange.Lists.Cancel(Again(sale), "a"));
        Assert.True(_test.Exchange.Lists.Cancel(Again(purchase), "b"));
        Assert.Equal((0, 0), (_test.Alice.BalanceOf("BTC").Locked, _test.Alice.BalanceOf("USDT").Locked));
        Restart();
        Assert.False(Again(sale).IsOpen);
    }

    [Fact]
    public void Of_a_pair_the_limit_that_begins_to_trade_ends_the_stop()
    {
        OrderList list = Accepted(SellPair());
        _test.Crowd((BookSide.Bid, "61000", "0.2"));
        Assert.Equal(
            (OrderState.PartiallyFilled, OrderState.Expired, ExpiryReason.SiblingTraded),
            (list.Orders[0].State, list.Orders[1].State, list.Orders[1].ExpiryReason));
        Assert.Equal(Amount.Of("0.3"), _test.Alice.BalanceOf("BTC").Locked);
        Assert.Equal([ListStatus.Started], _test.Events.Lists.Select(each => each.Status));
        _test.Crowd((BookSide.Bid, "61000", "0"), (BookSide.Bid, "61001", "1"));
        Assert.Equal(OrderState.Filled, list.Orders[0].State);
        Assert.Equal([ListStatus.Started, ListStatus.Done], _test.Events.Lists.Select(each => each.Status));
        Restart();
    }

    [Fact]
    public void Of_a_pair_the_stop_that_fires_ends_the_limit()
    {
        OrderList list = Accepted(SellPair());
        _test.Crowd((BookSide.Bid, "58900", "0.1"));
        Trade("59000");
        Assert.Equal(
            (OrderState.Expired, ExpiryReason.SiblingTraded, OrderState.PartiallyFilled),
            (list.Orders[0].State, list.Orders[0].ExpiryReason, list.Orders[1].State));
        Assert.Equal(0, _test.Market.Book.QuantityAt(BookSide.Ask, Amount.Of("61000")));
        Assert.Equal(Amount.Of("0.4"), _test.Market.Book.QuantityAt(BookSide.Ask, Amount.Of("58900")));
        Assert.Equal(Amount.Of("0.4"), _test.Alice.BalanceOf("BTC").Locked);
        Restart();
        Assert.Equal(Amount.Of("0.4"), _test.Market.Book.QuantityAt(BookSide.Ask, Amount.Of("58900")));
    }

    [Theory]
    //          the pair's side, its working leg, its own order against that, what is left aside of the leg
    [InlineData("Sell", "61000", "0.3", "0")]
    [InlineData("Buy", "59000", "0", "17700")]
    public void Of_a_pair_the_limit_that_self_trade_prevention_makes_smaller_ends_the_stop(
        string side, string price, string btc, string usdt)
    {
        OrderSide own = Enum.Parse<OrderSide>(side);
        OrderList list = Accepted(own == OrderSide.Sell ? SellPair() : BuyPair());
        ClientOrder limit = list.Orders.Single(order => order.Type == OrderType.LimitMaker);
        _ = _test.Limit(
            _test.Alice, own == OrderSide.Sell ? OrderSide.Buy : OrderSide.Sell, price, "0.2",
            prevention: SelfTradePrevention.Decrement);
        ClientOrder stop = list.Orders.Single(order => order != limit);
        Assert.Equal(
            (OrderState.Expired, ExpiryReason.SiblingTraded, OrderState.New, Amount.Of("0.2")),
            (stop.State, stop.ExpiryReason, limit.State, limit.PreventedQuantity));
        Assert.Equal(
            (Amount.Of(btc), Amount.Of(usdt)),
            (_test.Alice.BalanceOf("BTC").Locked, _test.Alice.BalanceOf("USDT").Locked));

        // What became free is spent; nothing asks for it later.
        _ = _test.Limit(_test.Alice, OrderSide.Sell, "65000", btc == "0" ? "5" : "4.7");
        Assert.Equal(0, _test.Alice.BalanceOf("BTC").Free);
        Trade("58999");
        Trade("61001");
        Assert.False(stop.IsOpen);
        Restart();
        Assert.Equal(
            RefusalReason.AmendUnknownOrder,
            Reduce(Again(list).Orders.Single(order => order.OrderId == stop.OrderId), "0.1"));
    }

    [Fact]
    public void Amending_one_of_a_pair_is_refused_where_the_other_would_break_a_filter()
    {
        // At its own price the stop would be worth 5.49, the limit 4.5; none may be less than 5.
        OrderList list = Accepted(BuyPair("50000"));
        Assert.Equal(RefusalReason.Notional, Reduce(list.Orders[0], "0.00009"));
        Assert.All(list.Orders, order => Assert.Equal(Amount.Of("0.5"), order.Quantity));
        Assert.Equal(RefusalReason.None, Reduce(list.Orders[0], "0.0001"));
    }

    [Theory]
    //          orders per 10 s, refusal
    [InlineData(3, "None")]
    [InlineData(2, "TooManyOrdersPer10Seconds")]
    public void The_orders_of_a_list_count_together(int perTenSeconds, string refusal)
    {
        using TemporaryDirectory directory = new();
        using TestExchange limited = new(directory.Path, limits: new OrderCountLimits(perTenSeconds, 100));
        NewOrderList asked = new(
            limited.Alice, limited.Market, null, ContingencyType.Oto,
            [.. Chain().Select(order => order with { Account = limited.Alice, Market = limited.Market })]);
        Assert.Equal(refusal, limited.Exchange.Lists.Place(asked).Refusal.ToString());
        Assert.Equal(refusal == "None" ? 3 : 0, limited.Alice.OrderCount.Per10Seconds(limited.Core.NowMs()));
    }

    [Fact]
    public void Two_orders_of_a_list_cannot_have_one_name()
    {
        NewOrder[] chain = [.. Chain().Select(order => order with { ClientOrderId = "same" })];
        Assert.Equal(RefusalReason.DuplicateOrder, Place(ContingencyType.Oto, chain).Refusal);
        Assert.Empty(_test.State.Lists);
    }

    [Fact]
    public void Canceling_one_cancels_all()
    {
        OrderList list = Accepted(SellPair());
        _ = _test.Core.Cancel(new CancelOrder(
            _test.Alice, _test.Market, list.Orders[1].OrderId, null, "mine", CancelRestriction.None));
        Assert.All(list.Orders, order => Assert.Equal(OrderState.Canceled, order.State));
        Assert.Equal(0, _test.Alice.BalanceOf("BTC").Locked);
        Assert.Equal(ListStatus.Done, _test.Events.Lists[^1].Status);
    }

    [Fact]
    public void What_waits_begins_when_the_working_order_is_filled_and_not_before()
    {
        OrderList list = Accepted(BuyThenSell(OrderType.Limit, "62000"));
        Assert.Equal((OrderState.New, OrderState.PendingNew), (list.Orders[0].State, list.Orders[1].State));
        _test.Crowd((BookSide.Ask, "59000", "0.2"));
        Assert.Equal(
            (OrderState.PartiallyFilled, OrderState.PendingNew), (list.Orders[0].State, list.Orders[1].State));
        Restart();
        list = Again(list);
        _test.Crowd((BookSide.Ask, "59000", "0"), (BookSide.Ask, "58999", "0.3"));
        Assert.Equal((OrderState.Filled, OrderState.New), (list.Orders[0].State, list.Orders[1].State));
        Assert.Equal(Amount.Of("0.4"), _test.Alice.BalanceOf("BTC").Locked);
        Assert.Equal(Amount.Of("0.4"), _test.Market.Book.QuantityAt(BookSide.Ask, Amount.Of("62000")));
        Restart();
        Assert.Equal(Amount.Of("0.4"), _test.Market.Book.QuantityAt(BookSide.Ask, Amount.Of("62000")));
    }

    [Fact]
    public void A_market_order_that_waited_trades_at_once_when_its_turn_has_come()
    {
        _test.Crowd((BookSide.Bid, "58000", "1"));
        OrderList list = Accepted(BuyThenSell(OrderType.Market, "0"));
        _test.Crowd((BookSide.Ask, "59000", "0.5"));
        Assert.Equal((OrderState.Filled, OrderState.Filled), (list.Orders[0].State, list.Orders[1].State));
        Assert.Equal(Amount.Of("58000"), list.Orders[1].Trades.Single().Price);
        Assert.Equal(ListStatus.Done, _test.Events.Lists[^1].Status);
        Restart();
    }

    [Fact]
    public void What_waits_ends_with_a_working_order_that_is_not_filled()
    {
        NewOrder working = Order(OrderSide.Buy, OrderType.Limit, "59000") with
        {
            TimeInForce = TimeInForce.ImmediateOrCancel,
        };
        OrderList list = Accepted(Place(
            ContingencyType.Oto, working,
            Order(OrderSide.Sell, OrderType.Limit, "62000") with { IsPending = true }));
        Assert.Equal(
            (OrderState.Expired, ExpiryReason.WorkingOrderEnded),
            (list.Orders[1].State, list.Orders[1].ExpiryReason));
        Restart();
    }

    [Fact]
    public void A_pair_that_waited_is_a_pair()
    {
        OrderList list = Accepted(Place(
            ContingencyType.Oto,
            Order(OrderSide.Buy, OrderType.Limit, "59000"),
            Order(OrderSide.Sell, OrderType.LimitMaker, "62000") with { IsPending = true },
            Order(OrderSide.Sell, OrderType.StopLoss, "0", "58000") with { IsPending = true }));
        _test.Crowd((BookSide.Ask, "58999", "0.5"));
        Assert.Equal((OrderState.New, OrderState.New), (list.Orders[1].State, list.Orders[2].State));
        Assert.Equal(Amount.Of("0.5"), _test.Alice.BalanceOf("BTC").Locked);
        Restart();
        list = Again(list);
        _test.Crowd((BookSide.Bid, "57000", "1"));
        Trade("57999");
        Assert.Equal((OrderState.Expired, OrderState.Filled), (list.Orders[1].State, list.Orders[2].State));
        Assert.Equal(0, _test.Alice.BalanceOf("BTC").Locked);
        Restart();
    }

    [Fact]
    public void What_cannot_be_paid_when_its_turn_has_come_expires()
    {
        OrderList list = Accepted(Place(
            ContingencyType.Oto,
            Order(OrderSide.Sell, OrderType.Limit, "61000"),
            Order(OrderSide.Buy, OrderType.Limit, "60000", quantity: "9") with { IsPending = true }));
        _test.Crowd((BookSide.Bid, "61000", "1"));
        Assert.Equal(
            (OrderState.Filled, OrderState.Expired, ExpiryReason.RejectedUnpaid),
            (list.Orders[0].State, list.Orders[1].State, list.Orders[1].ExpiryReason));
    }

    [Theory]
    [InlineData("LimitMaker", "57000", "0", "RejectedWouldTake")]
    [InlineData("StopLoss", "0", "59500", "RejectedWouldTrigger")]
    public void What_would_be_refused_when_its_turn_has_come_expires(
        string type, string price, string stop, string reason)
    {
        _test.Crowd((BookSide.Bid, "58000", "1"));
        OrderList list = Accepted(Place(
            ContingencyType.Oto,
            Order(OrderSide.Buy, OrderType.Limit, "59000"),
            Order(OrderSide.Sell, Enum.Parse<OrderType>(type), price, stop) with { IsPending = true }));
        _test.Crowd((BookSide.Ask, "58999", "0.5"));
        Assert.Equal(
            (OrderState.Expired, reason), (list.Orders[1].State, list.Orders[1].ExpiryReason.ToString()));
        Restart();
    }

    [Fact]
    public void Amending_one_of_a_pair_amends_the_other()
    {
        OrderList list = Accepted(SellPair());
        ReduceResult result = _test.Exchange.Amendments.Reduce(new ReduceOrder(
            _test.Alice, _test.Market, list.Orders[0].OrderId, null, "other", Amount.Of("0.2")));
        Assert.Equal(RefusalReason.None, result.Refusal);
        Assert.All(list.Orders, order => Assert.Equal(Amount.Of("0.2"), order.Quantity));
        Assert.Equal(Amount.Of("0.2"), _test.Alice.BalanceOf("BTC").Locked);
        Assert.Equal(ListStatus.Updated, _test.Events.Lists[^1].Status);
        Restart();
    }

    [Fact]
    public void Prices_of_a_pair_lie_about_the_last_one()
    {
        Assert.Equal(
            RefusalReason.ListPricesWrong,
            Place(
                ContingencyType.Oco,
                Order(OrderSide.Sell, OrderType.LimitMaker, "59500"),
                Order(OrderSide.Sell, OrderType.StopLoss, "0", "59000")).Refusal);
        Assert.Equal(
            RefusalReason.InsufficientBalance,
            Place(
                ContingencyType.Oco,
                Order(OrderSide.Sell, OrderType.LimitMaker, "61000", quantity: "6"),
                Order(OrderSide.Sell, OrderType.StopLoss, "0", "59000", quantity: "6")).Refusal);
        Assert.Empty(_test.State.Lists);
    }

    [Fact]
    public void Lists_are_counted_and_so_are_their_orders()
    {
        for (int number = 0; number < 20; number++)
        {
            _ = Accepted(Place(
                ContingencyType.Oto,
                Order(OrderSide.Buy, OrderType.Limit, "50000", quantity: "0.01"),
                Order(OrderSide.Sell, OrderType.Limit, "62000", quantity: "0.01") with { IsPending = true }));
        }

        Assert.Equal(40, _test.Alice.OrderCount.Per10Seconds(_test.Core.NowMs()));
        Assert.Equal(RefusalReason.MaxNumOrderLists, SellPair().Refusal);
    }

    private OrderList Again(OrderList list) => _test.State.Lists[list.OrderListId];

    /// <summary>The exchange dies and comes back, and remembers all.</summary>
    private void Restart()
    {
        string before = _test.Snapshot();
        long lastPrice = _test.Market.LastPrice;
        _test.Dispose();
        _test = new TestExchange(_directory.Path);
        Assert.Equal(before, _test.Snapshot());
        Trade(Domain.Numbers.DecimalText.FormatShort(lastPrice, Amount.Decimals));
    }

    private void Trade(string price) => _test.Core.Apply(
        _test.Market, new CrowdTrade(0, Amount.Of(price), Amount.Of("0.01"), IsSellerAggressor: true));

    private PlaceListResult SellPair() => Place(
        ContingencyType.Oco,
        Order(OrderSide.Sell, OrderType.LimitMaker, "61000"),
        Order(OrderSide.Sell, OrderType.StopLossLimit, "58900", "59000"));

    private PlaceListResult BuyPair(string limit = "59000") => Place(
        ContingencyType.Oco,
        Order(OrderSide.Buy, OrderType.StopLossLimit, "61000", "60500"),
        Order(OrderSide.Buy, OrderType.LimitMaker, limit));

    /// <summary>One to work, and a pair that waits for it.</summary>
    private NewOrder[] Chain() =>
    [
        Order(OrderSide.Buy, OrderType.Limit, "59000"),
        Order(OrderSide.Sell, OrderType.LimitMaker, "62000") with { IsPending = true },
        Order(OrderSide.Sell, OrderType.StopLoss, "0", "58000") with { IsPending = true },
    ];

    private RefusalReason Reduce(ClientOrder order, string quantity) => _test.Exchange.Amendments.Reduce(
        new ReduceOrder(_test.Alice, _test.Market, order.OrderId, null, null, Amount.Of(quantity))).Refusal;

    private PlaceListResult BuyThenSell(OrderType type, string price) => Place(
        ContingencyType.Oto,
        Order(OrderSide.Buy, OrderType.Limit, "59000"),
        Order(OrderSide.Sell, type, price, quantity: "0.4") with { IsPending = true });

    private NewOrder Order(
        OrderSide side, OrderType type, string price, string stop = "0", string quantity = "0.5") => new(
        _test.Alice, _test.Market, null, side, type, TimeInForce.GoodTillCanceled, Amount.Of(price),
        Amount.Of(quantity), 0, SelfTradePrevention.ExpireMaker)
    {
        Terms = new SpotTerms(Amount.Of(stop)),
    };

    private PlaceListResult Place(ContingencyType contingency, params NewOrder[] orders) =>
        _test.Exchange.Lists.Place(new NewOrderList(_test.Alice, _test.Market, null, contingency, orders));

    private static OrderList Accepted(PlaceListResult result)
    {
        Assert.Equal(RefusalReason.None, result.Refusal);
        return result.List ?? throw new InvalidOperationException();
    }
}
