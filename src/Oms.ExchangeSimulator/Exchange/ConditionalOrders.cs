namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// Stop-loss and take-profit orders of the spot market: each watches the last price, trade by trade, and becomes a
/// limit or market order when its price has come. One with a trailing delta follows the best price since it began, and
/// fires when the price has come back from it by so many basis points.
/// </summary>
internal sealed class ConditionalOrders(ExchangeState state, SpotAdmission admission)
{
    private const int BasisPoints = 10_000;

    /// <summary>Whether an order that came now would fire at once; trailing ones never do.</summary>
    /// <param name="lastPrice">0 when nothing was traded yet: then nothing can be said.</param>
    public static bool WouldFire(OrderType type, OrderSide side, SpotTerms terms, long lastPrice) =>
        OrderTypes.IsConditional(type) && terms.TrailingDelta == 0 && lastPrice > 0
        && IsReached(type, side, terms.StopPrice, lastPrice);

    /// <summary>A trailing order without a stop price follows from the moment at which it came.</summary>
    public static void Begin(Transaction transaction, ClientOrder order)
    {
        if (order is { IsWaiting: true, Terms: { TrailingDelta: > 0, StopPrice: 0 } } && order.Market.LastPrice > 0)
        {
            transaction.Follow(order, order.Market.LastPrice);
        }
    }

    /// <summary>Fires what a trade's price lets fire.</summary>
    public void Watch(Transaction transaction, Market market, long price)
    {
        foreach (ClientOrder order in market.Waiting.ToList())
        {
            if (order.IsWaiting && IsFired(transaction, order, price))
            {
                Fire(transaction, order);
            }
        }
    }

    private static bool IsReached(OrderType type, OrderSide side, long stopPrice, long price) =>
        OrderTypes.WaitsAbove(type, side) ? price >= stopPrice : price <= stopPrice;

    private static bool IsFired(Transaction transaction, ClientOrder order, long price) =>
        order.Terms.TrailingDelta > 0
            ? IsTrailingFired(transaction, order, price)
            : IsReached(order.Type, order.Side, order.Terms.StopPrice, price);

    private static bool IsTrailingFired(Transaction transaction, ClientOrder order, long price)
    {
        bool isBuy = order.Side == OrderSide.Buy;
        long best = order.TrailingBest;
        if (best == 0 && order.Terms.StopPrice > 0
            && !IsReached(order.Type, order.Side, order.Terms.StopPrice, price))
        {
            return false;
        }

        if (best == 0 || (isBuy ? price < best : price > best))
        {
            transaction.Follow(order, price);
            return false;
        }

        Int128 distance = (Int128)best * order.Terms.TrailingDelta;
        return isBuy
            ? ((Int128)price - best) * BasisPoints >= distance
            : ((Int128)best - price) * BasisPoints >= distance;
    }

    private void Fire(Transaction transaction, ClientOrder order)
    {
        transaction.Trigger(order);
        if (!order.HasPrice && order.Side == OrderSide.Buy && !admission.CanPay(order))
        {
            transaction.Expire(order, ExpiryReason.RejectedUnpaid);
            return;
        }

        new OrderMatching(state, transaction).Match(order);
    }
}
