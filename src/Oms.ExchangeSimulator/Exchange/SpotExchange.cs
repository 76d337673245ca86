namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The spot market: what it takes, by which rules, and what it asks for.</summary>
internal sealed class SpotExchange(ExchangeCore core, ExchangeState state, SpotClearing clearing)
{
    public ExchangeCore Core => core;

    public OrderAmendments Amendments { get; } = new(core);

    public CommissionRates Commission => clearing.Commission;

    public PlaceResult Place(NewOrder order) => core.Read(_ =>
    {
        long nowMs = core.NowMs();
        NewOrder sized = Size(order);
        RefusalReason refusal = Check(order, sized, nowMs);
        if (refusal != RefusalReason.None)
        {
            return new PlaceResult(refusal, null);
        }

        return core.Change(transaction =>
        {
            ClientOrder accepted = sized.Accepted(state.LastOrderId + 1, nowMs);
            transaction.Accept(accepted);
            new OrderMatching(state, transaction).Match(accepted);
            return new PlaceResult(RefusalReason.None, accepted);
        });
    });

    /// <summary>What <see cref="Place"/> would refuse, without placing.</summary>
    public RefusalReason Test(NewOrder order) => core.Read(_ => Check(order, Size(order), core.NowMs()));

    /// <summary>What the symbol's filters say of an order, and nothing else.</summary>
    public RefusalReason CheckFilters(NewOrder order) => core.Read(_ => order.Market.Symbol.Rules.Check(
        order.Type, order.Price, order.Quantity, order.QuoteQuantity, order.Market.ReferencePrice(core.NowMs())));

    /// <summary>An order that was not attempted because what came before it failed counts like one.</summary>
    public void CountUnattempted(Account account) => core.Read(_ =>
    {
        account.OrderCount.Add(core.NowMs());
        return true;
    });

    private static long? LimitOf(NewOrder order) => order.Type == OrderType.Market ? null : order.Price;

    /// <summary>A market order sized by what it may cost gets the quantity that this buys.</summary>
    private NewOrder Size(NewOrder order) => order.QuoteQuantity == 0
        ? order
        : order with
        {
            Quantity = OrderMatching.QuantityFor(
                order.Account, state, order.Market, order.Side, order.QuoteQuantity),
        };

    private RefusalReason Check(NewOrder asked, NewOrder sized, long nowMs)
    {
        Market market = asked.Market;
        if (!market.IsTrading)
        {
            return RefusalReason.MarketClosed;
        }

        RefusalReason refusal = market.Symbol.Rules.Check(
            asked.Type, asked.Price, asked.Quantity, asked.QuoteQuantity, market.ReferencePrice(nowMs));
        if (refusal != RefusalReason.None)
        {
            return refusal;
        }

        refusal = asked.Account.OrderCount.Check(nowMs);
        if (refusal != RefusalReason.None)
        {
            return refusal;
        }

        if (asked.Account.OpenOrderCount(market) >= market.Symbol.Rules.OpenOrdersMax)
        {
            return RefusalReason.MaxNumOrders;
        }

        if (asked.ClientOrderId is { } id && asked.Account.FindOrder(market, id) is { IsOpen: true })
        {
            return RefusalReason.DuplicateOrder;
        }

        if (asked.Type == OrderType.LimitMaker && OrderMatching.WouldTake(market, asked.Side, asked.Price))
        {
            return RefusalReason.WouldTakeLiquidity;
        }

        if (sized.Quantity < market.Symbol.Rules.QuantityMin)
        {
            return RefusalReason.NoLiquidity;
        }

        return CanPay(sized) ? RefusalReason.None : RefusalReason.InsufficientBalance;
    }

    private bool CanPay(NewOrder order)
    {
        long cost = order.Quantity;
        if (order.Side == OrderSide.Buy)
        {
            cost = LimitOf(order) is { } limit
                ? Amount.NotionalOf(limit, order.Quantity)
                : OrderMatching.CostOf(order.Account, state, order.Market, order.Side, order.Quantity);
        }

        string asset = SpotClearing.PaidAsset(order.Market.Symbol, order.Side);
        return order.Account.HasBalance(asset) && order.Account.BalanceOf(asset).Free >= cost;
    }
}
