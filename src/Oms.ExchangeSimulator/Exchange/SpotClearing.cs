namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Spot: both sides pay in full, and the commission comes out of what was received.</summary>
internal sealed class SpotClearing(CommissionRates commission) : IClearing
{
    public CommissionRates Commission => commission;

    public static string PaidAsset(ListedSymbol symbol, OrderSide side) =>
        side == OrderSide.Buy ? symbol.QuoteAsset : symbol.BaseAsset;

    public void Reserve(ClientOrder order, AccountChange change)
    {
        if (order.IsReserved)
        {
            PaidBalance(order).Lock(ReservedFor(order, order.LeavesQuantity));
        }

        _ = change.Assets.Add(PaidAsset(order));
    }

    /// <summary>
    /// Pays for a trade, from the reservation where there is one, and books what it brought.
    /// </summary>
    public ClientTrade Settle(in Execution execution, AccountChange change)
    {
        ClientOrder order = execution.Order;
        bool isBuy = order.Side == OrderSide.Buy;
        long quote = Amount.NotionalOf(execution.Price, execution.Quantity);
        (long cost, long received) = isBuy ? (quote, execution.Quantity) : (execution.Quantity, quote);
        long fee = execution.Commission ?? commission.Of(received, execution.IsMaker);
        Balance paid = PaidBalance(order);
        if (order.IsReserved)
        {
            long reserved = ReservedFor(order, execution.Quantity);
            paid.PayLocked(cost);
            paid.Unlock(reserved - cost);
        }
        else
        {
            paid.Pay(cost);
        }

        string receivedAsset = PaidAsset(order.Market.Symbol, isBuy ? OrderSide.Sell : OrderSide.Buy);
        order.Account.BalanceOf(receivedAsset).Receive(received - fee);
        order.Account.UpdatedMs = execution.TimeMs;
        _ = change.Assets.Add(PaidAsset(order));
        _ = change.Assets.Add(receivedAsset);
        return new ClientTrade(
            order, execution.TradeId, execution.Price, execution.Quantity, quote, fee, receivedAsset,
            execution.IsMaker, execution.TimeMs);
    }

    public void Release(ClientOrder order, AccountChange change)
    {
        if (order.IsReserved)
        {
            PaidBalance(order).Unlock(ReservedFor(order, order.LeavesQuantity));
        }

        _ = change.Assets.Add(PaidAsset(order));
    }

    /// <summary>What an order would set aside, in the asset that it pays.</summary>
    public static long NeedOf(NewOrder order) => NeedOf(order.Side, order.HasPrice, order.Price, order.Quantity);

    public static long NeedOf(ClientOrder order) =>
        NeedOf(order.Side, order.HasPrice, order.Price, order.LeavesQuantity);

    private static long NeedOf(OrderSide side, bool hasPrice, long price, long quantity) =>
        side == OrderSide.Sell ? quantity : hasPrice ? Amount.NotionalOf(price, quantity) : 0;

    private static string PaidAsset(ClientOrder order) => PaidAsset(order.Market.Symbol, order.Side);

    private static long ReservedFor(ClientOrder order, long quantity) =>
        order.Side == OrderSide.Buy ? Amount.NotionalOf(order.Price, quantity) : quantity;

    private static Balance PaidBalance(ClientOrder order) => order.Account.BalanceOf(PaidAsset(order));
}
