using System.Globalization;
using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>An account of futures as the wire spells it.</summary>
internal static class FuturesAccountJson
{
    /// <summary>Positions that are open, or have orders.</summary>
    public static IEnumerable<Position> ShownPositions(FuturesAccount account) => account.Positions.Where(position =>
        position.Quantity != 0 || account.Account.OpenOrders.Any(order =>
            order.Market == position.Market && order.Futures?.PositionSide == position.Side));

    /// <summary>What trades brought and cost is income too.</summary>
    public static IEnumerable<Income> IncomesOf(FuturesAccount account) => account.Account.Trades
        .SelectMany(OfTrade).Concat(account.Incomes).OrderBy(income => income.TimeMs);

    public static void Income(Utf8JsonWriter json, Income income)
    {
        json.WriteStartObject();
        json.WriteString("symbol", income.Symbol);
        json.WriteString("incomeType", FuturesWords.Of(income.Type));
        json.WriteString("income", Amount.Format(income.Amount));
        json.WriteString("asset", income.Asset);
        json.WriteString("info", income.TradeId > 0 ? Text(income.TradeId) : FuturesWords.Of(income.Type));
        json.WriteNumber("time", income.TimeMs);
        json.WriteNumber("tranId", income.TransactionId);
        json.WriteString("tradeId", income.TradeId > 0 ? Text(income.TradeId) : "");
        json.WriteEndObject();
    }

    /// <summary>Some letters and digits that no two accounts share.</summary>
    private static string AliasOf(long userId)
    {
        const string Signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        string alias = "";
        for (long rest = userId; rest > 0; rest /= Signs.Length)
        {
            alias = Signs[(int)(rest % Signs.Length)] + alias;
        }

        return alias;
    }

    public static void Balance(Utf8JsonWriter json, FuturesState state, FuturesAccount account, string asset)
    {
        long wallet = account.WalletOf(asset);
        long available = Math.Max(0, Margin.AvailableOf(state, account, asset));
        json.WriteStartObject();
        json.WriteString("accountAlias", AliasOf(account.Account.UserId));
        json.WriteString("asset", asset);
        json.WriteString("balance", Amount.Format(wallet));
        json.WriteString("crossWalletBalance", Amount.Format(wallet));
        json.WriteString("crossUnPnl", Amount.Format(UnrealizedIn(state, account, asset)));
        json.WriteString("availableBalance", Amount.Format(available));
        json.WriteString("maxWithdrawAmount", Amount.Format(Math.Min(available, Math.Max(0, wallet))));
        json.WriteBoolean("marginAvailable", true);
        json.WriteNumber("updateTime", account.Account.UpdatedMs);
        json.WriteEndObject();
    }

    public static void Account(Utf8JsonWriter json, FuturesState state, FuturesAccount account)
    {
        string[] assets = [.. account.Account.Balances.Select(balance => balance.Asset)];
        long wallet = assets.Sum(account.WalletOf);
        long unrealized = Margin.UnrealizedOf(state, account);
        long positions = account.Positions.Sum(position => Margin.InitialOf(state, account, position));
        long initial = state.Markets.Sum(market => Margin.InitialOf(state, account, market.Market, default));
        json.WriteStartObject();
        Amounts(json,
            ("totalInitialMargin", initial),
            ("totalMaintMargin", Margin.MaintenanceOf(state, account)),
            ("totalWalletBalance", wallet),
            ("totalUnrealizedProfit", unrealized),
            ("totalMarginBalance", wallet + unrealized),
            ("totalPositionInitialMargin", positions),
            ("totalOpenOrderInitialMargin", initial - positions),
            ("totalCrossWalletBalance", wallet - Margin.IsolatedOf(account)),
            ("totalCrossUnPnl", Margin.CrossUnrealizedOf(state, account)),
            ("availableBalance", Math.Max(0, wallet + unrealized - initial)),
            ("maxWithdrawAmount", Math.Max(0, Math.Min(wallet, wallet + unrealized - initial))));
        json.WriteStartArray("assets");
        foreach (string asset in assets)
        {
            Asset(json, state, account, asset);
        }

        json.WriteEndArray();
        json.WriteStartArray("positions");
        foreach (Position position in ShownPositions(account))
        {
            AccountPosition(json, state, account, position);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void PositionRisk(
        Utf8JsonWriter json, FuturesState state, FuturesAccount account, Position position)
    {
        long mark = state.Of(position.Market).MarkPrice;
        OpenNotional open = Margin.OpenIn(account, position.Market, position.Side);
        long initial = Margin.InitialOf(state, account, position);
        long orders = Margin.InitialOf(state, account, position.Market, default) - initial;
        json.WriteStartObject();
        json.WriteString("symbol", position.Market.Symbol.Name);
        json.WriteString("positionSide", FuturesWords.Of(position.Side));
        Amounts(json,
            ("positionAmt", position.Quantity),
            ("entryPrice", position.EntryPrice),
            ("breakEvenPrice", position.EntryPrice),
            ("markPrice", mark),
            ("unRealizedProfit", position.UnrealizedAt(mark)),
            ("liquidationPrice", Margin.LiquidationPriceOf(state, account, position)),
            ("isolatedMargin", IsolatedOf(state, account, position)),
            ("notional", position.ValueAt(mark)));
        json.WriteString("marginAsset", position.Market.Symbol.QuoteAsset);
        Amounts(json,
            ("isolatedWallet", account.IsolatedMarginOf(position)),
            ("initialMargin", initial + Math.Max(0, orders)),
            ("maintMargin", Margin.MaintenanceOf(state, position)),
            ("positionInitialMargin", initial),
            ("openOrderInitialMargin", Math.Max(0, orders)));
        json.WriteNumber("adl", 1);
        Amounts(json, ("bidNotional", open.Bids), ("askNotional", open.Asks));
        json.WriteNumber("updateTime", position.UpdatedMs);
        json.WriteEndObject();
    }

    private static long UnrealizedIn(FuturesState state, FuturesAccount account, string asset) =>
        account.Positions.Where(position => position.Market.Symbol.QuoteAsset == asset)
            .Sum(position => position.UnrealizedAt(state.Of(position.Market).MarkPrice));

    /// <summary>What a position with a margin of its own would have of it at the mark.</summary>
    private static long IsolatedOf(FuturesState state, FuturesAccount account, Position position) =>
        account.IsIsolated(position.Market)
            ? account.IsolatedMarginOf(position) + position.UnrealizedAt(state.Of(position.Market).MarkPrice)
            : 0;

    private static IEnumerable<Income> OfTrade(ClientTrade trade)
    {
        string symbol = trade.Order.Market.Symbol.Name;
        if (trade.Realized != 0)
        {
            yield return new Income(
                symbol, IncomeType.RealizedPnl, trade.CommissionAsset, trade.Realized, trade.TimeMs,
                trade.TradeId, trade.TradeId);
        }

        yield return new Income(
            symbol, IncomeType.Commission, trade.CommissionAsset, -trade.Commission, trade.TimeMs, trade.TradeId,
            trade.TradeId);
    }

    private static void Asset(Utf8JsonWriter json, FuturesState state, FuturesAccount account, string asset)
    {
        long wallet = account.WalletOf(asset);
        long unrealized = UnrealizedIn(state, account, asset);
        long available = Math.Max(0, Margin.AvailableOf(state, account, asset));
        IEnumerable<Position> own =
            account.Positions.Where(position => position.Market.Symbol.QuoteAsset == asset).ToList();
        long positions = own.Sum(position => Margin.InitialOf(state, account, position));
        long initial = state.Markets.Where(market => market.Market.Symbol.QuoteAsset == asset)
            .Sum(market => Margin.InitialOf(state, account, market.Market, default));
        json.WriteStartObject();
        json.WriteString("asset", asset);
        Amounts(json,
            ("walletBalance", wallet),
            ("unrealizedProfit", unrealized),
            ("marginBalance", wallet + unrealized),
            ("maintMargin", own.Sum(position => Margin.MaintenanceOf(state, position))),
            ("initialMargin", initial),
            ("positionInitialMargin", positions),
            ("openOrderInitialMargin", initial - positions),
            ("crossWalletBalance", wallet),
            ("crossUnPnl", unrealized),
            ("availableBalance", available),
            ("maxWithdrawAmount", Math.Min(available, Math.Max(0, wallet))));
        json.WriteNumber("updateTime", account.Account.UpdatedMs);
        json.WriteEndObject();
    }

    private static void AccountPosition(
        Utf8JsonWriter json, FuturesState state, FuturesAccount account, Position position)
    {
        long mark = state.Of(position.Market).MarkPrice;
        json.WriteStartObject();
        json.WriteString("symbol", position.Market.Symbol.Name);
        json.WriteString("positionSide", FuturesWords.Of(position.Side));
        Amounts(json,
            ("positionAmt", position.Quantity),
            ("unrealizedProfit", position.UnrealizedAt(mark)),
            ("isolatedMargin", IsolatedOf(state, account, position)),
            ("notional", position.ValueAt(mark)),
            ("isolatedWallet", account.IsolatedMarginOf(position)),
            ("initialMargin", Margin.InitialOf(state, account, position)),
            ("maintMargin", Margin.MaintenanceOf(state, position)));
        json.WriteNumber("updateTime", position.UpdatedMs);
        json.WriteEndObject();
    }

    private static void Amounts(
        Utf8JsonWriter json, params ReadOnlySpan<(string Name, long Value)> amounts)
    {
        foreach ((string name, long value) in amounts)
        {
            json.WriteString(name, Amount.Format(value));
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
