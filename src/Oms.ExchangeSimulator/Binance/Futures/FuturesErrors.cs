using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>The market's reasons in the wire's codes and words.</summary>
internal static class FuturesErrors
{
    public static readonly ApiError OutcomeUnknown =
        new(503, -1000, "Unknown error, please check your request or try again later.");

    public static readonly ApiError UseAlgoEndpoint = new(
        400, -4120,
        "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.");

    public static readonly ApiError BadClientOrderId = new(400, -4015, "Client order id is not valid.");
    public static readonly ApiError BadBatch = new(400, -4082, "Invalid number of batch place orders.");
    public static readonly ApiError BatchCancelFailed = new(400, -2012, "Batch cancel failure.");
    public static readonly ApiError BadGoodTillDate = new(400, -5040, "Invalid goodTillDate.");
    public static readonly ApiError QuantityWithClosePosition =
        new(400, -4137, "Quantity must be zero with closePosition equals true.");

    public static readonly ApiError UnknownListenKey = new(400, -1125, "This listenKey does not exist.");

    public static ApiError Of(FuturesRefusal refusal, NewOrder? order, OrderCountLimits limits) => refusal switch
    {
        FuturesRefusal.None => throw new ArgumentOutOfRangeException(nameof(refusal)),
        FuturesRefusal.MarketClosed => Bad(-4141, "Symbol is closed."),
        FuturesRefusal.PriceTooPrecise =>
            Bad(-1111, "Precision is over the maximum defined for this asset."),
        FuturesRefusal.PriceBelowMin => Bad(-4013, "Price less than min price."),
        FuturesRefusal.PriceAboveMax => Bad(-4002, "Price greater than max price."),
        FuturesRefusal.PriceOffTick => Bad(-4014, "Price not increased by tick size."),
        FuturesRefusal.PriceAboveBand => Bad(-4016, "Limit price can't be higher than the cap of the mark price."),
        FuturesRefusal.PriceBelowBand => Bad(-4024, "Limit price can't be lower than the floor of the mark price."),
        FuturesRefusal.QuantityBelowMin => Bad(-4004, "Quantity less than min quantity."),
        FuturesRefusal.QuantityAboveMax => Bad(-4005, "Quantity greater than max quantity."),
        FuturesRefusal.QuantityOffStep => Bad(-4023, "Qty not increased by step size."),
        FuturesRefusal.NotionalBelowMin => NotionalBelowMin(order),
        FuturesRefusal.TooManyOrdersPer10Seconds => TooManyOrders(limits.Per10Seconds, "10 SECOND"),
        FuturesRefusal.TooManyOrdersPerMinute => TooManyOrders(limits.PerLongWindow, "1 MINUTE"),
        FuturesRefusal.TooManyOpenOrders => Bad(-2025, "Reach max open order limit."),
        FuturesRefusal.DuplicateOrder => Bad(-4116, "ClientOrderId is duplicated."),
        FuturesRefusal.PositionSideOfOtherMode =>
            Bad(-4061, "Order's position side does not match user's setting."),
        FuturesRefusal.ReduceOnlyWithHedge => Bad(-1106, "Parameter 'reduceonly' sent when not required."),
        FuturesRefusal.NothingToReduce => Bad(-2022, "ReduceOnly Order is rejected."),
        FuturesRefusal.ReducesTooMuch => Bad(
            -4118, "ReduceOnly Order Failed. Please check your existing position and open orders."),
        FuturesRefusal.WouldTakeLiquidity => Bad(
            -5022,
            "Due to the order could not be executed as maker, the Post Only order will be rejected."),
        FuturesRefusal.WouldNotFill => Bad(
            -5021, "Due to the order could not be filled immediately, the FOK order has been rejected."),
        FuturesRefusal.NoPrice =>
            Bad(-4131, "The counterparty's best price does not meet the PERCENT_PRICE filter limit."),
        FuturesRefusal.MarginInsufficient => Bad(-2019, "Margin is insufficient."),
        FuturesRefusal.NotionalAboveLeverage =>
            Bad(-2027, "Exceeded the maximum allowable position at current leverage."),
        FuturesRefusal.TooManyAlgoOrders => Bad(-4045, "Reach max stop order limit."),
        FuturesRefusal.WouldTriggerAtOnce => Bad(-2021, "Order would immediately trigger."),
        FuturesRefusal.UnknownOrder => Bad(-2013, "Order does not exist."),
        FuturesRefusal.ChangesNothing => Bad(-5027, "No need to modify the order."),
        FuturesRefusal.OnlyLimitOrders => Bad(-5025, "Only limit order is supported."),
        FuturesRefusal.LeverageOutOfRange => Bad(-4028, "Leverage is not valid"),
        FuturesRefusal.LeverageBelowMargin =>
            Bad(-2028, "Leverage is smaller than permitted: insufficient margin balance."),
        FuturesRefusal.ModeUnchanged => Bad(-4059, "No need to change position side."),
        FuturesRefusal.ModeWithOpenOrders =>
            Bad(-4067, "Position side cannot be changed if there exists open orders."),
        FuturesRefusal.ModeWithPositions =>
            Bad(-4068, "Position side cannot be changed if there exists position."),
        FuturesRefusal.MarginTypeUnchanged => Bad(-4046, "No need to change margin type."),
        FuturesRefusal.MarginTypeWithOpenOrders =>
            Bad(-4047, "Margin type cannot be changed if there exists open orders."),
        FuturesRefusal.MarginTypeWithPosition =>
            Bad(-4048, "Margin type cannot be changed if there exists position."),
    };

    private static ApiError Bad(int code, string message) => new(400, code, message);

    private static ApiError NotionalBelowMin(NewOrder? order)
    {
        string min = Domain.Numbers.DecimalText.FormatShort(
            order?.Market.Symbol.Rules.NotionalMin ?? 0, Amount.Decimals);
        return Bad(-4164, $"Order's notional must be no smaller than {min} (unless you choose reduce only).");
    }

    private static ApiError TooManyOrders(int limit, string interval) =>
        new(429, -1015, $"Too many new orders; current limit is {limit} orders per {interval}.");
}
