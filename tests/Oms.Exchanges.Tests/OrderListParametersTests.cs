using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Exchanges.Binance.Spot;

namespace Oms.Exchanges.Tests;

/// <summary>Lists of orders in the words of Binance Spot.</summary>
public sealed class OrderListParametersTests
{
    private static readonly SubmitOrder Entry = Order(1, Side.Buy, OrderType.Limit, 20_000_00);
    private static readonly SubmitOrder Profit = Order(2, Side.Sell, OrderType.Limit, 30_000_00);
    private static readonly SubmitOrder Stop = Order(3, Side.Sell, OrderType.StopLimit, 18_990_00, 19_000_00);

    [Fact]
    public void Of_a_pair_the_dearer_is_above_whichever_comes_first() => Assert.Equal(
        "symbol=BTCUSDT&side=SELL&quantity=0.01&aboveType=LIMIT_MAKER&aboveClientOrderId=oms-0-1-2&abovePrice=30000"
        + "&belowType=STOP_LOSS_LIMIT&belowClientOrderId=oms-0-1-3&belowPrice=18990&belowTimeInForce=GTC"
        + "&belowStopPrice=19000&newOrderRespType=RESULT",
        Of(new(null, [Stop, Profit]), OrderListKinds.Pair));

    [Fact]
    public void What_waits_is_named_apart_from_what_works() => Assert.Equal(
        "symbol=BTCUSDT&workingSide=BUY&workingQuantity=0.01&workingType=LIMIT&workingClientOrderId=oms-0-1-1"
        + "&workingPrice=20000&workingTimeInForce=GTC&pendingSide=SELL&pendingQuantity=0.01"
        + "&pendingType=LIMIT&pendingClientOrderId=oms-0-1-2&pendingPrice=30000&pendingTimeInForce=GTC"
        + "&newOrderRespType=RESULT",
        Of(new(Entry, [Profit]), OrderListKinds.Waiting));

    [Fact]
    public void A_pair_that_waits_is_a_pair_and_waits() => Assert.Equal(
        "symbol=BTCUSDT&workingSide=BUY&workingQuantity=0.01&workingType=LIMIT&workingClientOrderId=oms-0-1-1"
        + "&workingPrice=20000&workingTimeInForce=GTC&pendingSide=SELL&pendingQuantity=0.01"
        + "&pendingAboveType=LIMIT_MAKER&pendingAboveClientOrderId=oms-0-1-2&pendingAbovePrice=30000"
        + "&pendingBelowType=STOP_LOSS_LIMIT&pendingBelowClientOrderId=oms-0-1-3&pendingBelowPrice=18990"
        + "&pendingBelowTimeInForce=GTC&pendingBelowStopPrice=19000&newOrderRespType=RESULT",
        Of(new(Entry, [Profit, Stop]), OrderListKinds.WaitingPair));

    private static string Of(OrderList list, OrderListKinds kind)
    {
        Assert.Equal(kind, list.Kind);
        return OrderListParameters.Of(list, Some.Listing(1, "BTCUSDT", 2, 5)).ToString();
    }

    private static SubmitOrder Order(long number, Side side, OrderType type, long price, long stopPrice = 0) =>
        Some.Submit(number: number) with
        {
            Terms = new()
            {
                Side = side,
                Type = type,
                TimeInForce = TimeInForce.GoodTillCancel,
                Price = price,
                StopPrice = stopPrice,
                Quantity = 1_000,
            },
        };
}
