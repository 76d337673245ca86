namespace Oms.ExchangeSimulator.Exchange;

/// <summary>What order types have in common.</summary>
internal static class OrderTypes
{
    /// <summary>Whether it has a limit; the others take any price.</summary>
    public static bool HasPrice(OrderType type) => type switch
    {
        OrderType.Limit or OrderType.LimitMaker or OrderType.StopLossLimit or OrderType.TakeProfitLimit => true,
        OrderType.Market or OrderType.StopLoss or OrderType.TakeProfit => false,
    };

    /// <summary>Whether it waits for a price before it works.</summary>
    public static bool IsConditional(OrderType type) => IsStopLoss(type) || IsTakeProfit(type);

    public static bool IsStopLoss(OrderType type) => type is OrderType.StopLoss or OrderType.StopLossLimit;

    public static bool IsTakeProfit(OrderType type) => type is OrderType.TakeProfit or OrderType.TakeProfitLimit;

    /// <summary>
    /// Whether a conditional order waits above the market: to buy when it rises, or to sell the rise. The others wait
    /// below.
    /// </summary>
    public static bool WaitsAbove(OrderType type, OrderSide side) => IsStopLoss(type) == (side == OrderSide.Buy);
}
