using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>
/// Whether an order of futures may come in; the checks in the order in which the exchange names them.
/// </summary>
internal sealed class FuturesAdmission(FuturesState state)
{
    public FuturesRefusal Check(NewOrder order, long nowMs)
    {
        FuturesMarket market = state.Of(order.Market);
        FuturesAccount account = state.Of(order.Account);
        FuturesTerms terms = TermsOf(order);
        if (!order.Market.IsTrading) return FuturesRefusal.MarketClosed;
        FuturesRefusal refusal = CheckNumbers(market.Symbol, order.Type, order.Price, order.Quantity);
        if (refusal == FuturesRefusal.None) refusal = CheckBand(market, order.Type, order.Side, order.Price);
        if (refusal == FuturesRefusal.None) refusal = CheckNotional(market, order, terms);
        if (refusal == FuturesRefusal.None) refusal = CheckCounts(order, nowMs);
        if (refusal == FuturesRefusal.None) refusal = CheckPosition(account, order, terms);
        if (refusal == FuturesRefusal.None) refusal = CheckBook(order);
        return refusal == FuturesRefusal.None ? CheckMargin(account, order, terms) : refusal;
    }

    public static FuturesRefusal CheckNumbers(FuturesSymbol symbol, OrderType type, long price, long quantity)
    {
        SymbolRules rules = symbol.Listed.Rules;
        if (type != OrderType.Market)
        {
            if (IsFinerThan(price, symbol.PricePrecision)) return FuturesRefusal.PriceTooPrecise;
            if (price < rules.PriceMin) return FuturesRefusal.PriceBelowMin;
            if (price > rules.PriceMax) return FuturesRefusal.PriceAboveMax;
            if ((price - rules.PriceMin) % rules.TickSize != 0) return FuturesRefusal.PriceOffTick;
        }

        if (IsFinerThan(quantity, symbol.QuantityPrecision)) return FuturesRefusal.PriceTooPrecise;
        if (quantity < rules.QuantityMin) return FuturesRefusal.QuantityBelowMin;
        long max = type == OrderType.Market ? rules.MarketQuantityMax : rules.QuantityMax;
        if (quantity > max) return FuturesRefusal.QuantityAboveMax;
        return quantity % rules.StepSize == 0 ? FuturesRefusal.None : FuturesRefusal.QuantityOffStep;
    }

    /// <summary>A buy may not bid far above the mark, a sale not ask far below it.</summary>
    public static FuturesRefusal CheckBand(FuturesMarket market, OrderType type, OrderSide side, long price)
    {
        SymbolRules rules = market.Symbol.Listed.Rules;
        if (type == OrderType.Market || market.MarkPrice == 0)
        {
            return FuturesRefusal.None;
        }

        Int128 scaled = (Int128)price * Amount.One;
        bool isAbove = side == OrderSide.Buy && scaled > (Int128)market.MarkPrice * rules.PriceMultiplierUp;
        bool isBelow = side == OrderSide.Sell && scaled < (Int128)market.MarkPrice * rules.PriceMultiplierDown;
        return isAbove ? FuturesRefusal.PriceAboveBand
            : isBelow ? FuturesRefusal.PriceBelowBand : FuturesRefusal.None;
    }

    /// <summary>Whether the margin suffices with what an order adds, or nothing more is needed with it.</summary>
    public FuturesRefusal CheckMargin(FuturesAccount account, Market market, OpenNotional more)
    {
        string asset = market.Symbol.QuoteAsset;
        long needed = Margin.InitialOf(state, account, market, more);
        bool needsMore = needed > Margin.InitialOf(state, account, market, default);
        if (needsMore && Margin.AvailableOf(state, account, asset, market, more) < 0)
        {
            return FuturesRefusal.MarginInsufficient;
        }

        int leverage = account.LeverageOf(market);
        return needsMore && needed * leverage > state.Of(market).Symbol.NotionalMaxAt(leverage)
            ? FuturesRefusal.NotionalAboveLeverage
            : FuturesRefusal.None;
    }

    /// <summary>How much of a position orders that only reduce may still close.</summary>
    public static long Reducible(FuturesAccount account, Market market, OrderSide side, PositionSide positionSide)
    {
        long quantity = account.PositionOf(market, positionSide).Quantity;
        long open = side == OrderSide.Buy ? -quantity : quantity;
        return open - account.Account.OpenOrders
            .Where(order => order.Market == market && order.Side == side && IsReducing(order)
                && order.Futures?.PositionSide == positionSide)
            .Sum(order => order.LeavesQuantity);
    }

    /// <summary>Whether an order may only make a position smaller.</summary>
    public static bool IsReducing(ClientOrder order) => IsReducing(order.Side, order.Futures);

    private static bool IsReducing(OrderSide side, FuturesTerms? terms) => terms is not null
        && (terms.IsReduceOnly
            || terms.PositionSide == (side == OrderSide.Buy ? PositionSide.Short : PositionSide.Long));

    private static bool IsFinerThan(long amount, int decimals) =>
        amount % Domain.Numbers.PowersOfTen.Of(Amount.Decimals - decimals) != 0;

    private static FuturesTerms TermsOf(NewOrder order) =>
        order.Futures ?? throw new InvalidOperationException("an order of futures has its terms");

    private static FuturesRefusal CheckNotional(FuturesMarket market, NewOrder order, FuturesTerms terms)
    {
        long price = order.Type == OrderType.Market ? market.MarkPrice : order.Price;
        bool isBelow = !IsReducing(order.Side, terms) && price > 0
            && Amount.NotionalOf(price, order.Quantity) < market.Symbol.Listed.Rules.NotionalMin;
        return isBelow ? FuturesRefusal.NotionalBelowMin : FuturesRefusal.None;
    }

    private static FuturesRefusal CheckCounts(NewOrder order, long nowMs)
    {
        switch (order.Account.OrderCount.Check(nowMs))
        {
            case RefusalReason.TooManyOrdersPer10Seconds: return FuturesRefusal.TooManyOrdersPer10Seconds;
            case RefusalReason.TooManyOrdersPerDay: return FuturesRefusal.TooManyOrdersPerMinute;
            default: break;
        }

        if (order.Account.OpenOrderCount(order.Market) >= order.Market.Symbol.Rules.OpenOrdersMax)
        {
            return FuturesRefusal.TooManyOpenOrders;
        }

        bool isDuplicate = order.ClientOrderId is { } id
            && order.Account.FindOrder(order.Market, id) is { IsOpen: true };
        return isDuplicate ? FuturesRefusal.DuplicateOrder : FuturesRefusal.None;
    }

    private static FuturesRefusal CheckPosition(FuturesAccount account, NewOrder order, FuturesTerms terms)
    {
        if (account.IsHedged == (terms.PositionSide == PositionSide.Both))
        {
            return FuturesRefusal.PositionSideOfOtherMode;
        }

        if (account.IsHedged && terms.IsReduceOnly)
        {
            return FuturesRefusal.ReduceOnlyWithHedge;
        }

        if (!IsReducing(order.Side, terms))
        {
            return FuturesRefusal.None;
        }

        long quantity = account.PositionOf(order.Market, terms.PositionSide).Quantity;
        bool isAgainst = order.Side == OrderSide.Buy ? quantity < 0 : quantity > 0;
        if (!isAgainst)
        {
            return FuturesRefusal.NothingToReduce;
        }

        return order.Quantity > Reducible(account, order.Market, order.Side, terms.PositionSide)
            ? FuturesRefusal.ReducesTooMuch
            : FuturesRefusal.None;
    }

    private FuturesRefusal CheckBook(NewOrder order)
    {
        if (order.Type == OrderType.LimitMaker && OrderMatching.WouldTake(order.Market, order.Side, order.Price))
        {
            return FuturesRefusal.WouldTakeLiquidity;
        }

        bool isUnfillable = order.TimeInForce == TimeInForce.FillOrKill
            && OrderMatching.AvailableTo(
                order.Account, state.Shared, order.Market, order.Side, order.SelfTradePrevention, order.Price)
                < order.Quantity;
        return isUnfillable ? FuturesRefusal.WouldNotFill : FuturesRefusal.None;
    }

    private FuturesRefusal CheckMargin(FuturesAccount account, NewOrder order, FuturesTerms terms)
    {
        if (IsReducing(order.Side, terms))
        {
            return FuturesRefusal.None;
        }

        long notional = order.Type == OrderType.Market
            ? OrderMatching.CostOf(order.Account, state.Shared, order.Market, order.Side, order.Quantity)
            : Amount.NotionalOf(order.Price, order.Quantity);
        if (notional == 0 || state.Of(order.Market).MarkPrice == 0)
        {
            return FuturesRefusal.NoPrice;
        }

        return CheckMargin(account, order.Market, OpenNotional.Of(order.Side, notional, terms.PositionSide));
    }
}
