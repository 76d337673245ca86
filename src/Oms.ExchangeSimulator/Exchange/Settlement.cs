namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// How orders and trades move balances; the same rules live and when the journal is replayed.
/// </summary>
internal static class Settlement
{
    /// <summary>Sets aside what an arriving order may cost.</summary>
    public static void Reserve(ClientOrder order)
    {
        if (order.IsReserved)
        {
            PaidBalance(order).Lock(ReservedFor(order, order.Quantity));
        }
    }

    /// <summary>
    /// Pays for a trade, from the reservation where there is one, and books what it brought.
    /// </summary>
    public static void Settle(ClientTrade trade)
    {
        ClientOrder order = trade.Order;
        Balance paid = PaidBalance(order);
        long cost = order.Side == OrderSide.Buy ? trade.QuoteQuantity : trade.Quantity;
        if (order.IsReserved)
        {
            long reserved = ReservedFor(order, trade.Quantity);
            paid.PayLocked(cost);
            paid.Unlock(reserved - cost);
        }
        else
        {
            paid.Pay(cost);
        }

        ReceivedBalance(order).Receive(ReceivedBy(trade) - trade.Commission);
        order.Account.UpdatedMs = trade.TimeMs;
    }

    /// <summary>Gives back what a closing order did not use.</summary>
    public static void Release(ClientOrder order)
    {
        if (order.IsReserved)
        {
            PaidBalance(order).Unlock(ReservedFor(order, order.Quantity - order.ExecutedQuantity));
        }
    }

    public static string ReceivedAsset(ClientOrder order) =>
        order.Side == OrderSide.Buy ? order.Market.Symbol.BaseAsset : order.Market.Symbol.QuoteAsset;

    public static string PaidAsset(ClientOrder order) => PaidAsset(order.Market.Symbol, order.Side);

    public static string PaidAsset(SpotSymbol symbol, OrderSide side) =>
        side == OrderSide.Buy ? symbol.QuoteAsset : symbol.BaseAsset;

    private static long ReceivedBy(ClientTrade trade) =>
        trade.Order.Side == OrderSide.Buy ? trade.Quantity : trade.QuoteQuantity;

    private static long ReservedFor(ClientOrder order, long quantity) =>
        order.Side == OrderSide.Buy ? Amount.NotionalOf(order.Price, quantity) : quantity;

    private static Balance PaidBalance(ClientOrder order) => order.Account.BalanceOf(PaidAsset(order));

    private static Balance ReceivedBalance(ClientOrder order) =>
        order.Account.BalanceOf(ReceivedAsset(order));
}
