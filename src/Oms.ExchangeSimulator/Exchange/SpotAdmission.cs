namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// Whether an order of the spot market may come in; the checks in the order in which the exchange names them.
/// </summary>
internal sealed class SpotAdmission(ExchangeState state)
{
    /// <param name="sized">The same order with the quantity that it will have.</param>
    public RefusalReason Check(NewOrder asked, NewOrder sized, long nowMs)
    {
        Market market = asked.Market;
        if (!market.IsTrading) return RefusalReason.MarketClosed;
        RefusalReason refusal = CheckFilters(asked, nowMs);
        if (refusal == RefusalReason.None) refusal = CheckCounts(asked, nowMs);
        if (refusal == RefusalReason.None && !asked.IsPending) refusal = CheckBook(asked);
        if (refusal != RefusalReason.None) return refusal;
        if (sized.Quantity < market.Symbol.Rules.QuantityMin) return RefusalReason.NoLiquidity;
        return asked.IsPending || CanPay(sized) ? RefusalReason.None : RefusalReason.InsufficientBalance;
    }

    public static RefusalReason CheckFilters(NewOrder order, long nowMs)
    {
        SymbolRules rules = order.Market.Symbol.Rules;
        RefusalReason refusal = rules.Check(
            order.Type, order.Price, order.Quantity, order.QuoteQuantity, order.Market.ReferencePrice(nowMs));
        return refusal == RefusalReason.None ? rules.Check(order.Terms, order.Quantity) : refusal;
    }

    /// <summary>How many conditional orders an account has open in a market, waiting or not.</summary>
    public static int ConditionalOrderCount(Account account, Market market) =>
        account.OpenOrders.Count(order => order.Market == market && order.IsConditional);

    /// <summary>Whether an order whose time has come can still be paid for.</summary>
    public bool CanPay(ClientOrder order) => CanPay(new NewOrder(
        order.Account, order.Market, order.ClientOrderId, order.Side,
        order.HasPrice ? OrderType.Limit : OrderType.Market, order.TimeInForce, order.Price, order.LeavesQuantity, 0,
        order.SelfTradePrevention));

    private static RefusalReason CheckCounts(NewOrder order, long nowMs)
    {
        SymbolRules rules = order.Market.Symbol.Rules;
        if (order.Account.OrderCount.Check(nowMs) is var counted and not RefusalReason.None) return counted;
        if (order.Account.OpenOrderCount(order.Market) >= rules.OpenOrdersMax) return RefusalReason.MaxNumOrders;
        if (order.IsConditional
            && ConditionalOrderCount(order.Account, order.Market) >= rules.OpenAlgoOrdersMax)
        {
            return RefusalReason.MaxNumAlgoOrders;
        }

        bool isDuplicate = order.ClientOrderId is { } id
            && order.Account.FindOrder(order.Market, id) is { IsOpen: true };
        return isDuplicate ? RefusalReason.DuplicateOrder : RefusalReason.None;
    }

    private static RefusalReason CheckBook(NewOrder order)
    {
        if (order.Type == OrderType.LimitMaker && OrderMatching.WouldTake(order.Market, order.Side, order.Price))
        {
            return RefusalReason.WouldTakeLiquidity;
        }

        return ConditionalOrders.WouldFire(order.Type, order.Side, order.Terms, order.Market.LastPrice)
            ? RefusalReason.WouldTrigger
            : RefusalReason.None;
    }

    /// <summary>What buys at any price when its own has come is paid for then.</summary>
    private bool CanPay(NewOrder order)
    {
        long cost = SpotClearing.NeedOf(order);
        if (order is { Side: OrderSide.Buy, HasPrice: false, IsConditional: false })
        {
            cost = OrderMatching.CostOf(order.Account, state, order.Market, order.Side, order.Quantity);
        }

        string asset = SpotClearing.PaidAsset(order.Market.Symbol, order.Side);
        return order.Account.HasBalance(asset) && order.Account.BalanceOf(asset).Free >= cost;
    }
}
