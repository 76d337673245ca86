using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>
/// What an account's positions and orders need of its wallet: positions at the mark, or, where they have a margin of
/// their own, at their cost; open orders as far as they would make a position larger.
/// </summary>
internal static class Margin
{
    /// <summary>What positions must keep, or they are closed.</summary>
    public static long MaintenanceOf(FuturesState state, FuturesAccount account) =>
        account.Positions.Sum(position => MaintenanceOf(state, position));

    public static long MaintenanceOf(FuturesState state, Position position)
    {
        FuturesMarket market = state.Of(position.Market);
        long notional = Math.Abs(position.ValueAt(market.MarkPrice));
        LeverageBracket bracket = market.Symbol.BracketOf(notional);
        return Math.Max(0, Part(notional, bracket.MaintenanceRatio) - bracket.Cumulative);
    }

    public static long UnrealizedOf(FuturesState state, FuturesAccount account) =>
        account.Positions.Sum(position => position.UnrealizedAt(state.Of(position.Market).MarkPrice));

    /// <summary>Of the positions that share the wallet: gains of others are of no use to them.</summary>
    public static long CrossUnrealizedOf(FuturesState state, FuturesAccount account) =>
        account.Positions.Where(position => !account.IsIsolated(position.Market))
            .Sum(position => position.UnrealizedAt(state.Of(position.Market).MarkPrice));

    /// <summary>What positions with a margin of their own have of the wallet.</summary>
    public static long IsolatedOf(FuturesAccount account) => account.Positions.Sum(account.IsolatedMarginOf);

    /// <summary>What positions alone need at the account's leverage.</summary>
    public static long InitialOf(FuturesState state, FuturesAccount account, Position position) =>
        Math.Abs(MarginedValueOf(state, account, position)) / account.LeverageOf(position.Market);

    /// <summary>What an account needs in a market, with an order that is to come.</summary>
    public static long InitialOf(FuturesState state, FuturesAccount account, Market market, OpenNotional more)
    {
        long needed = 0;
        foreach (Position position in account.PositionsIn(market))
        {
            OpenNotional open = OpenIn(account, market, position.Side)
                + (more.PositionSide == position.Side ? more : default);
            long value = MarginedValueOf(state, account, position);
            needed += Math.Max(Math.Abs(value + open.Bids), Math.Abs(value - open.Asks));
        }

        return needed / account.LeverageOf(market);
    }

    /// <summary>What the wallet has that nothing needs; negative when too much is needed.</summary>
    public static long AvailableOf(
        FuturesState state, FuturesAccount account, string asset, Market? market = null, OpenNotional more = default)
    {
        long needed = state.Markets.Where(each => each.Market.Symbol.QuoteAsset == asset).Sum(each => InitialOf(
            state, account, each.Market, each.Market == market ? more : default));
        return account.WalletOf(asset) + CrossUnrealizedOf(state, account) - needed;
    }

    private static long MarginedValueOf(FuturesState state, FuturesAccount account, Position position) =>
        account.IsIsolated(position.Market)
            ? position.Cost
            : position.ValueAt(state.Of(position.Market).MarkPrice);

    /// <summary>What open orders for a position would trade, by side.</summary>
    public static OpenNotional OpenIn(FuturesAccount account, Market market, PositionSide side)
    {
        OpenNotional open = new(0, 0, side);
        foreach (ClientOrder order in account.Account.OpenOrders)
        {
            if (order.Market == market && order.Futures is { IsReduceOnly: false } terms && terms.PositionSide == side)
            {
                open += OpenNotional.Of(order.Side, Amount.NotionalOf(order.Price, order.LeavesQuantity), side);
            }
        }

        return open;
    }

    /// <summary>At which mark an account's position would be closed; 0 where there is no such price.</summary>
    public static long LiquidationPriceOf(FuturesState state, FuturesAccount account, Position position)
    {
        if (position.Quantity == 0)
        {
            return 0;
        }

        FuturesMarket market = state.Of(position.Market);
        LeverageBracket bracket = market.Symbol.BracketOf(Math.Abs(position.ValueAt(market.MarkPrice)));
        bool isIsolated = account.IsIsolated(position.Market);
        long others = isIsolated ? 0 : account.Positions
            .Where(each => each != position && !account.IsIsolated(each.Market)).Sum(each =>
                each.UnrealizedAt(state.Of(each.Market).MarkPrice) - MaintenanceOf(state, each));
        long wallet = isIsolated
            ? account.IsolatedMarginOf(position)
            : account.WalletOf(position.Market.Symbol.QuoteAsset) - IsolatedOf(account);
        Int128 numerator = (Int128)wallet + others + bracket.Cumulative - position.Cost;
        Int128 denominator =
            ((Int128)Math.Abs(position.Quantity) * bracket.MaintenanceRatio / Amount.One) - position.Quantity;
        Int128 price = denominator == 0 ? 0 : numerator * Amount.One / denominator;
        return price > 0 ? (long)price : 0;
    }

    private static long Part(long notional, long ratio) => (long)((Int128)notional * ratio / Amount.One);
}
