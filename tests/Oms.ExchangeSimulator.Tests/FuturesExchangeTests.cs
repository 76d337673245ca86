using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Tests;

public sealed class FuturesExchangeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestFutures _test;

    public FuturesExchangeTests()
    {
        _test = new TestFutures(_directory.Path);
        _test.Crowd((BookSide.Bid, "59999", "5"), (BookSide.Ask, "60001", "5"));
    }

    public void Dispose()
    {
        _test.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_position_is_held_at_average_cost_and_what_closes_it_is_realised()
    {
        Position position = _test.Alice.PositionOf(_test.Market, PositionSide.Both);
        _ = Accepted(_test.AtMarket(_test.Alice, OrderSide.Buy, "0.2"));
        Assert.Equal((Amount.Of("0.2"), Amount.Of("60001")), (position.Quantity, position.EntryPrice));
        Assert.Equal(Amount.Of("10000"), _test.Alice.WalletOf("USDT"));

        // Sells all of it and as much again: half of the trade closes, half opens the other side.
        ClientOrder flip = Accepted(_test.AtMarket(_test.Alice, OrderSide.Sell, "0.4"));
        Assert.Equal((-Amount.Of("0.2"), Amount.Of("59999")), (position.Quantity, position.EntryPrice));
        Assert.Equal(-Amount.Of("0.4"), flip.Trades[0].Realized);
        Assert.Equal(Amount.Of("9999.6"), _test.Alice.WalletOf("USDT"));
        AccountChange change = _test.Events.Changes[^1];
        Assert.Equal((AccountChangeReason.Order, position), (change.Reason, Assert.Single(change.Positions)));
    }

    [Theory]
    //          side, price, quantity, reduce-only, refusal
    [InlineData(OrderSide.Buy, "60000.05", "0.01", false, "PriceOffTick")]
    [InlineData(OrderSide.Buy, "60000.001", "0.01", false, "PriceTooPrecise")]
    [InlineData(OrderSide.Buy, "500", "1", false, "PriceBelowMin")]
    [InlineData(OrderSide.Buy, "64000", "0.01", false, "PriceAboveBand")]
    [InlineData(OrderSide.Sell, "56000", "0.01", false, "PriceBelowBand")]
    [InlineData(OrderSide.Buy, "60000", "0.0005", false, "PriceTooPrecise")]
    [InlineData(OrderSide.Buy, "60000", "1001", false, "QuantityAboveMax")]
    [InlineData(OrderSide.Buy, "60000", "0.001", false, "NotionalBelowMin")]
    [InlineData(OrderSide.Sell, "60000", "0.01", true, "NothingToReduce")]
    [InlineData(OrderSide.Buy, "60000", "3.4", false, "MarginInsufficient")]
    internal void An_order_that_breaks_a_rule_is_refused(
        OrderSide side, string price, string quantity, bool isReduceOnly, string refusal) =>
        Assert.Equal(refusal, _test.Limit(_test.Alice, side, price, quantity, isReduceOnly).Refusal.ToString());

    [Fact]
    public void Post_only_and_fill_or_kill_orders_that_cannot_be_are_never_accepted()
    {
        Assert.Equal(
            FuturesRefusal.WouldTakeLiquidity,
            _test.Limit(_test.Alice, OrderSide.Buy, "60001", "0.1", type: OrderType.LimitMaker).Refusal);
        Assert.Equal(
            FuturesRefusal.WouldNotFill,
            _test.Limit(
                _test.Alice, OrderSide.Buy, "60000", "0.1", timeInForce: TimeInForce.FillOrKill).Refusal);
        Assert.Empty(_test.Alice.Account.Orders);
    }

    [Fact]
    public void Open_orders_need_margin_only_as_far_as_they_make_a_position_larger()
    {
        Assert.Equal(Amount.Of("10000"), Available());
        _ = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "50000", "1"));
        Assert.Equal(Amount.Of("7500"), Available());
        // The other side costs nothing while it is the smaller one.
        _ = Accepted(_test.Limit(_test.Alice, OrderSide.Sell, "62000", "0.5"));
        Assert.Equal(Amount.Of("7500"), Available());
        Assert.Equal(FuturesRefusal.None, _test.Exchange.SetLeverage(_test.Alice, _test.Market, 10));
        Assert.Equal(Amount.Of("5000"), Available());
        Assert.Equal(
            FuturesRefusal.LeverageBelowMargin, _test.Exchange.SetLeverage(_test.Alice, _test.Market, 4));
        Assert.Equal(10, _test.Alice.LeverageOf(_test.Market));
    }

    [Fact]
    public void Orders_that_only_reduce_end_when_nothing_is_left_for_them()
    {
        _ = Accepted(_test.AtMarket(_test.Alice, OrderSide.Buy, "0.3"));
        ClientOrder first = Accepted(_test.Limit(_test.Alice, OrderSide.Sell, "61000", "0.1", isReduceOnly: true));
        ClientOrder second = Accepted(_test.Limit(_test.Alice, OrderSide.Sell, "61000", "0.2", isReduceOnly: true));
        Assert.Equal(
            FuturesRefusal.ReducesTooMuch,
            _test.Limit(_test.Alice, OrderSide.Sell, "61000", "0.1", isReduceOnly: true).Refusal);
        _ = Accepted(_test.AtMarket(_test.Alice, OrderSide.Sell, "0.15"));
        Assert.Equal(
            (OrderState.New, OrderState.Expired, ExpiryReason.NothingToReduce),
            (first.State, second.State, second.ExpiryReason));
    }

    [Fact]
    public void In_hedge_mode_long_and_short_stand_side_by_side()
    {
        Assert.Equal(FuturesRefusal.None, _test.Exchange.SetHedged(_test.Alice, true));
        Assert.Equal(FuturesRefusal.ModeUnchanged, _test.Exchange.SetHedged(_test.Alice, true));
        Assert.Equal(
            FuturesRefusal.PositionSideOfOtherMode, _test.AtMarket(_test.Alice, OrderSide.Buy, "0.1").Refusal);
        _ = Accepted(_test.AtMarket(_test.Alice, OrderSide.Buy, "0.1", position: PositionSide.Long));
        _ = Accepted(_test.AtMarket(_test.Alice, OrderSide.Sell, "0.2", position: PositionSide.Short));
        Assert.Equal(
            [Amount.Of("0.1"), -Amount.Of("0.2")],
            _test.Alice.PositionsIn(_test.Market).Select(position => position.Quantity));
        Assert.Equal(
            FuturesRefusal.ReducesTooMuch,
            _test.AtMarket(_test.Alice, OrderSide.Sell, "0.2", position: PositionSide.Long).Refusal);
        Assert.Equal(FuturesRefusal.ModeWithPositions, _test.Exchange.SetHedged(_test.Alice, false));
    }

    [Fact]
    public void A_change_in_place_keeps_the_id_loses_the_turn_and_may_end_the_order()
    {
        ClientOrder order = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "59000", "0.5"));
        ClientOrder modified = Accepted(Modify(order, "59500", "0.4"));
        Assert.Same(order, modified);
        Assert.Equal((Amount.Of("59500"), Amount.Of("0.4")), (order.Price, order.LeavesQuantity));
        Assert.Equal(Amount.Of("0.4"), _test.Market.Book.QuantityAt(BookSide.Bid, Amount.Of("59500")));
        Assert.Equal(0, _test.Market.Book.QuantityAt(BookSide.Bid, Amount.Of("59000")));
        Assert.Equal(FuturesRefusal.ChangesNothing, Modify(order, "59500", "0.4").Refusal);
        Assert.Equal(ExecutionType.Amendment, _test.Events.Executions[^1].Type);
        // At a price that takes, it trades.
        _ = Accepted(Modify(order, "60001", "0.4"));
        Assert.Equal((OrderState.Filled, Amount.Of("0.4")), (order.State, order.ExecutedQuantity));
    }

    [Fact]
    public void Funding_moves_from_who_is_long_to_who_is_short()
    {
        _ = Accepted(_test.AtMarket(_test.Alice, OrderSide.Buy, "0.1"));
        _ = Accepted(_test.AtMarket(_test.Bob, OrderSide.Sell, "0.1"));
        _test.Exchange.PayFunding(_test.State.Of(_test.Market), Amount.Of("0.001"));
        Assert.Equal(Amount.Of("9994"), _test.Alice.WalletOf("USDT"));
        Assert.Equal(Amount.Of("10006"), _test.Bob.WalletOf("USDT"));
        Assert.Equal(
            [AccountChangeReason.FundingFee, AccountChangeReason.FundingFee],
            _test.Events.Changes.TakeLast(2).Select(change => change.Reason));
        Assert.Equal(-Amount.Of("6"), Assert.Single(_test.Alice.Incomes).Amount);
    }

    [Fact]
    public void A_position_with_a_margin_of_its_own_loses_that_and_no_more()
    {
        Assert.Equal(FuturesRefusal.None, _test.Exchange.SetIsolated(_test.Alice, _test.Market, isIsolated: true));
        Assert.Equal(
            FuturesRefusal.MarginTypeUnchanged,
            _test.Exchange.SetIsolated(_test.Alice, _test.Market, isIsolated: true));
        _ = Accepted(_test.AtMarket(_test.Alice, OrderSide.Buy, "0.5"));
        Assert.Equal(
            FuturesRefusal.MarginTypeWithPosition,
            _test.Exchange.SetIsolated(_test.Alice, _test.Market, isIsolated: false));
        Position position = _test.Alice.PositionOf(_test.Market, PositionSide.Both);
        long margin = _test.Alice.IsolatedMarginOf(position);
        Assert.Equal(position.Cost / _test.Alice.LeverageOf(_test.Market), margin);
        Assert.Equal(Amount.Of("10000") - margin, Margin.AvailableOf(_test.State, _test.Alice, "USDT"));

        long price = Margin.LiquidationPriceOf(_test.State, _test.Alice, position);
        _test.Exchange.HoldMark(_test.Market, price + Amount.Of("1"));
        Assert.Empty(_test.Liquidated);
        // Nobody buys: it is closed at the mark, far below what its margin would bear.
        _test.Crowd((BookSide.Bid, "59999", "0"));
        _test.Exchange.HoldMark(_test.Market, price - Amount.Of("5000"));
        Assert.Single(_test.Liquidated);
        Assert.Equal((0, 0), (position.Quantity, _test.MarginCalls));
        Assert.Equal(Amount.Of("10000") - margin, _test.Alice.WalletOf("USDT"));
    }

    [Fact]
    public void Orders_of_who_is_not_heard_in_time_are_canceled()
    {
        ClientOrder resting = Accepted(_test.Limit(_test.Alice, OrderSide.Buy, "59000", "0.1"));
        ClientOrder others = Accepted(_test.Limit(_test.Bob, OrderSide.Buy, "59000", "0.1"));
        _test.Alice.CountDown(_test.Market, _test.Core.NowMs() + 3_000);
        _test.Clock.Advance(TimeSpan.FromSeconds(2));
        _test.Alice.CountDown(_test.Market, _test.Core.NowMs() + 3_000);
        _test.Clock.Advance(TimeSpan.FromSeconds(2));
        _test.Exchange.Tick(isFundingDue: false);
        Assert.True(resting.IsOpen);
        _test.Clock.Advance(TimeSpan.FromSeconds(1));
        _test.Exchange.Tick(isFundingDue: false);
        Assert.Equal((OrderState.Canceled, true), (resting.State, others.IsOpen));
    }

    [Fact]
    public void A_position_whose_margin_is_used_up_is_closed_after_a_warning()
    {
        _ = Accepted(_test.AtMarket(_test.Alice, OrderSide.Buy, "2"));
        ClientOrder resting = Accepted(_test.Limit(_test.Alice, OrderSide.Sell, "62000", "0.1"));
        Position position = _test.Alice.PositionOf(_test.Market, PositionSide.Both);
        // Wallet 10,000, cost 120,002, maintenance 0.4 %: 110,002 / (2 x 0.996).
        long liquidationPrice = Margin.LiquidationPriceOf(_test.State, _test.Alice, position);
        Assert.Equal(Amount.Of("55221.88755020"), liquidationPrice);

        _test.Exchange.HoldMark(_test.Market, Amount.Of("55270"));
        Assert.Equal((1, 0), (_test.MarginCalls, _test.Liquidated.Count));
        _test.Exchange.HoldMark(_test.Market, Amount.Of("55221.8"));
        ClientOrder closed = Assert.Single(_test.Liquidated);
        Assert.StartsWith("autoclose-", closed.ClientOrderId, StringComparison.Ordinal);
        Assert.Equal((OrderState.Filled, Amount.Of("2")), (closed.State, closed.ExecutedQuantity));
        Assert.Equal((OrderState.Expired, ExpiryReason.AccountLiquidated), (resting.State, resting.ExpiryReason));
        Assert.Equal(0, position.Quantity);
        Assert.True(_test.Alice.WalletOf("USDT") >= 0);
    }

    [Fact]
    public void A_deleveraged_position_is_closed_at_the_mark()
    {
        _ = Accepted(_test.AtMarket(_test.Bob, OrderSide.Sell, "0.3"));
        ClientOrder? closed = _test.Exchange.Deleverage(_test.Bob, _test.Market, PositionSide.Both);
        Assert.Equal("adl_autoclose", closed?.ClientOrderId);
        Assert.Equal(0, _test.Bob.PositionOf(_test.Market, PositionSide.Both).Quantity);
        Assert.Equal(Amount.Of("9999.7"), _test.Bob.WalletOf("USDT"));
    }

    [Fact]
    public void What_is_in_the_journal_is_there_again_after_a_restart()
    {
        _ = Accepted(_test.AtMarket(_test.Alice, OrderSide.Buy, "0.2"));
        ClientOrder order = Accepted(_test.Limit(_test.Alice, OrderSide.Sell, "62000", "0.1"));
        _ = Accepted(_test.Exchange.Modify(
            _test.Alice.Account, _test.Market, order.OrderId, null, OrderSide.Sell, Amount.Of("62500"),
            Amount.Of("0.15")));
        _ = _test.Exchange.SetLeverage(_test.Alice, _test.Market, 7);
        _test.Exchange.PayFunding(_test.State.Of(_test.Market), Amount.Of("0.001"));
        string before = Snapshot(_test);
        _test.Dispose();

        using TestFutures again = new(_directory.Path);
        Assert.Equal(before, Snapshot(again));
        Assert.Equal(7, again.Alice.LeverageOf(again.Market));
        Assert.Equal(Amount.Of("0.15"), again.Market.Book.QuantityAt(BookSide.Ask, Amount.Of("62500")));
    }

    [Fact]
    public void Maintenance_margin_has_no_step_between_brackets()
    {
        foreach (FuturesSymbol symbol in FuturesSymbol.All)
        {
            foreach ((LeverageBracket lower, LeverageBracket upper) in symbol.Brackets.Zip(symbol.Brackets.Skip(1)))
            {
                Assert.Equal(lower.NotionalCap, upper.NotionalFloor);
                Assert.Equal(MaintenanceAt(lower, lower.NotionalCap), MaintenanceAt(upper, upper.NotionalFloor));
                Assert.True(lower.LeverageMax > upper.LeverageMax);
            }
        }
    }

    private static Int128 MaintenanceAt(LeverageBracket bracket, long notional) =>
        ((Int128)notional * bracket.MaintenanceRatio / Amount.One) - bracket.Cumulative;

    private static string Snapshot(TestFutures test) => System.Text.Encoding.UTF8.GetString(Binance.ApiAnswer.Of(json =>
        Judge.LedgerReport.Write(
            json, test.State.Shared, test.State, new Judge.RequestCounters(), new Judge.Faults(1))).Result.Span);

    private FuturesResult Modify(ClientOrder order, string price, string quantity) => _test.Exchange.Modify(
        order.Account, _test.Market, order.OrderId, null, order.Side, Amount.Of(price), Amount.Of(quantity));

    private long Available() => Margin.AvailableOf(_test.State, _test.Alice, "USDT");

    private static ClientOrder Accepted(FuturesResult result)
    {
        Assert.Equal(FuturesRefusal.None, result.Refusal);
        return result.Order ?? throw new InvalidOperationException("accepted without an order");
    }
}
