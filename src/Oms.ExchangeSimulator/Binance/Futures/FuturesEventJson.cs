using System.Globalization;
using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>Events of the streams of futures as the wire spells them.</summary>
internal static class FuturesEventJson
{
    private const int Usdm = 1;

    public static void Order(Utf8JsonWriter json, ExecutionReport report)
    {
        ClientOrder order = report.Order;
        Begin(json, "ORDER_TRADE_UPDATE", report.TimeMs);
        json.WriteStartObject("o");
        json.WriteString("s", order.Market.Symbol.Name);
        json.WriteString("c", order.ClientOrderId);
        json.WriteString("S", Words.Of(order.Side));
        bool isLiquidation = order.Futures is { Origin: FuturesOrderOrigin.Liquidation };
        json.WriteString("o", isLiquidation ? "LIQUIDATION" : FuturesWords.TypeOf(order));
        json.WriteString("f", FuturesWords.TimeInForceOf(order));
        json.WriteString("q", FuturesOrderJson.Text(order.Quantity));
        json.WriteString("p", FuturesOrderJson.Text(order.Price));
        json.WriteString("ap", FuturesOrderJson.Text(FuturesOrderJson.AveragePriceOf(order)));
        json.WriteString("sp", "0");
        json.WriteString("x", FuturesWords.ExecutionOf(report));
        json.WriteString("X", Words.Of(report.State));
        json.WriteNumber("i", order.OrderId);
        LastTrade(json, report);
        json.WriteString("b", FuturesOrderJson.Text(OpenOf(order, OrderSide.Buy)));
        json.WriteString("a", FuturesOrderJson.Text(OpenOf(order, OrderSide.Sell)));
        json.WriteBoolean("m", report.Trade?.IsMaker ?? false);
        json.WriteBoolean("R", order.Futures?.IsReduceOnly ?? false);
        json.WriteString("wt", "CONTRACT_PRICE");
        json.WriteString("ot", FuturesWords.TypeOf(order));
        json.WriteString("ps", FuturesOrderJson.PositionSideOf(order));
        json.WriteBoolean("cp", false);
        json.WriteString("rp", FuturesOrderJson.Text(report.Trade?.Realized ?? 0));
        json.WriteBoolean("pP", false);
        json.WriteNumber("si", 0);
        json.WriteNumber("ss", 0);
        json.WriteString("V", Words.Of(order.SelfTradePrevention));
        json.WriteString("pm", "NONE");
        json.WriteNumber("gtd", order.Futures?.GoodTillMs ?? 0);
        json.WriteString("er", Number(FuturesWords.ExpiryOf(order)));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A fill, without what it cost.</summary>
    public static void TradeLite(Utf8JsonWriter json, ClientTrade trade)
    {
        Begin(json, "TRADE_LITE", trade.TimeMs);
        json.WriteString("s", trade.Order.Market.Symbol.Name);
        json.WriteString("q", FuturesOrderJson.Text(trade.Order.Quantity));
        json.WriteString("p", FuturesOrderJson.Text(trade.Order.Price));
        json.WriteBoolean("m", trade.IsMaker);
        json.WriteString("c", trade.Order.ClientOrderId);
        json.WriteString("S", Words.Of(trade.Order.Side));
        json.WriteString("L", FuturesOrderJson.Text(trade.Price));
        json.WriteString("l", FuturesOrderJson.Text(trade.Quantity));
        json.WriteNumber("t", trade.TradeId);
        json.WriteNumber("i", trade.Order.OrderId);
        json.WriteEndObject();
    }

    public static void Account(Utf8JsonWriter json, FuturesState state, AccountChange change, long timeMs)
    {
        Begin(json, "ACCOUNT_UPDATE", timeMs);
        json.WriteStartObject("a");
        json.WriteString("m", FuturesWords.Of(change.Reason));
        json.WriteStartArray("B");
        foreach (string asset in change.Assets)
        {
            json.WriteStartObject();
            json.WriteString("a", asset);
            json.WriteString("wb", Amount.Format(change.Account.BalanceOf(asset).Free));
            json.WriteString("cw", Amount.Format(change.Account.BalanceOf(asset).Free));
            json.WriteString("bc", Amount.Format(change.Transferred));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("P");
        foreach (Position position in change.Positions)
        {
            long mark = state.Of(position.Market).MarkPrice;
            json.WriteStartObject();
            json.WriteString("s", position.Market.Symbol.Name);
            json.WriteString("pa", FuturesOrderJson.Text(position.Quantity));
            json.WriteString("ep", FuturesOrderJson.Text(position.EntryPrice));
            json.WriteString("bep", FuturesOrderJson.Text(position.EntryPrice));
            json.WriteString("cr", FuturesOrderJson.Text(position.Realized));
            json.WriteString("up", FuturesOrderJson.Text(position.UnrealizedAt(mark)));
            FuturesAccount holder = state.Of(position.Account);
            json.WriteString("mt", holder.IsIsolated(position.Market) ? "isolated" : "cross");
            json.WriteString("iw", FuturesOrderJson.Text(holder.IsolatedMarginOf(position)));
            json.WriteString("ps", FuturesWords.Of(position.Side));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void Leverage(Utf8JsonWriter json, Market market, int leverage, long timeMs)
    {
        Begin(json, "ACCOUNT_CONFIG_UPDATE", timeMs);
        json.WriteStartObject("ac");
        json.WriteString("s", market.Symbol.Name);
        json.WriteNumber("l", leverage);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void MarginCall(Utf8JsonWriter json, FuturesState state, FuturesAccount account, long timeMs)
    {
        json.WriteStartObject();
        json.WriteString("e", "MARGIN_CALL");
        json.WriteNumber("E", timeMs);
        json.WriteString("cw", Amount.Format(account.Account.Balances.Sum(balance => balance.Free)));
        json.WriteStartArray("p");
        foreach (Position position in account.Positions.Where(position => position.Quantity != 0))
        {
            long mark = state.Of(position.Market).MarkPrice;
            json.WriteStartObject();
            json.WriteString("s", position.Market.Symbol.Name);
            json.WriteString("ps", FuturesWords.Of(position.Side));
            json.WriteString("pa", FuturesOrderJson.Text(position.Quantity));
            json.WriteString("mt", account.IsIsolated(position.Market) ? "ISOLATED" : "CROSSED");
            json.WriteString("iw", Amount.Format(account.IsolatedMarginOf(position)));
            json.WriteString("mp", Amount.Format(mark));
            json.WriteString("up", Amount.Format(position.UnrealizedAt(mark)));
            json.WriteString("mm", Amount.Format(Margin.MaintenanceOf(state, position)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void ListenKeyExpired(Utf8JsonWriter json, string key, long timeMs)
    {
        json.WriteStartObject();
        json.WriteString("e", "listenKeyExpired");
        json.WriteNumber("E", timeMs);
        json.WriteString("listenKey", key);
        json.WriteEndObject();
    }

    public static void AggregateTrade(Utf8JsonWriter json, Market market, in PublicTrade trade)
    {
        json.WriteStartObject();
        json.WriteString("e", "aggTrade");
        json.WriteNumber("E", trade.TimeMs);
        json.WriteString("s", market.Symbol.Name);
        json.WriteNumber("a", trade.TradeId);
        json.WriteString("p", FuturesOrderJson.Text(trade.Price));
        json.WriteString("q", FuturesOrderJson.Text(trade.Quantity));
        json.WriteString("nq", FuturesOrderJson.Text(trade.Quantity));
        json.WriteNumber("f", trade.TradeId);
        json.WriteNumber("l", trade.TradeId);
        json.WriteNumber("T", trade.TimeMs);
        json.WriteBoolean("m", trade.IsBuyerMaker);
        json.WriteNumber("st", Usdm);
        json.WriteEndObject();
    }

    public static void TopOfBook(Utf8JsonWriter json, Market market, long timeMs)
    {
        _ = market.Book.TryGetBest(BookSide.Bid, out BookLevel bid);
        _ = market.Book.TryGetBest(BookSide.Ask, out BookLevel ask);
        json.WriteStartObject();
        json.WriteString("e", "bookTicker");
        json.WriteNumber("u", market.UpdateId);
        json.WriteNumber("E", timeMs);
        json.WriteNumber("T", timeMs);
        json.WriteString("s", market.Symbol.Name);
        json.WriteString("ps", market.Symbol.Name);
        json.WriteString("b", Amount.Format(bid.Price));
        json.WriteString("B", Amount.Format(bid.Quantity));
        json.WriteString("a", Amount.Format(ask.Price));
        json.WriteString("A", Amount.Format(ask.Quantity));
        json.WriteNumber("st", Usdm);
        json.WriteEndObject();
    }

    public static void Depth(Utf8JsonWriter json, Market market, DepthDiff diff, long timeMs)
    {
        json.WriteStartObject();
        json.WriteString("e", "depthUpdate");
        json.WriteNumber("E", timeMs);
        json.WriteNumber("T", timeMs);
        json.WriteString("s", market.Symbol.Name);
        json.WriteNumber("U", diff.FirstUpdateId);
        json.WriteNumber("u", diff.LastUpdateId);
        json.WriteNumber("pu", diff.PreviousUpdateId);
        EventJson.Levels(json, "b", diff.Bids);
        EventJson.Levels(json, "a", diff.Asks);
        json.WriteString("ps", market.Symbol.Name);
        json.WriteNumber("st", Usdm);
        json.WriteEndObject();
    }

    public static void Mark(Utf8JsonWriter json, FuturesMarket market, long timeMs)
    {
        json.WriteStartObject();
        json.WriteString("e", "markPriceUpdate");
        json.WriteNumber("E", timeMs);
        json.WriteString("s", market.Symbol.Listed.Name);
        json.WriteString("p", Amount.Format(market.MarkPrice));
        json.WriteString("i", Amount.Format(market.IndexPrice));
        json.WriteString("P", Amount.Format(market.IndexPrice));
        json.WriteString("r", Amount.Format(market.FundingRate));
        json.WriteString("ap", Amount.Format(market.MarkPrice));
        json.WriteNumber("T", FuturesClock.NextFundingMs(timeMs));
        json.WriteNumber("st", Usdm);
        json.WriteEndObject();
    }

    public static void Liquidation(Utf8JsonWriter json, ClientOrder order, long timeMs)
    {
        json.WriteStartObject();
        json.WriteString("e", "forceOrder");
        json.WriteNumber("E", timeMs);
        json.WriteStartObject("o");
        json.WriteString("s", order.Market.Symbol.Name);
        json.WriteString("S", Words.Of(order.Side));
        json.WriteString("o", "LIMIT");
        json.WriteString("f", "IOC");
        json.WriteString("q", FuturesOrderJson.Text(order.Quantity));
        json.WriteString("p", FuturesOrderJson.Text(order.Price));
        json.WriteString("ap", FuturesOrderJson.Text(FuturesOrderJson.AveragePriceOf(order)));
        json.WriteString("X", Words.Of(order.State));
        json.WriteString("l", FuturesOrderJson.Text(order.Trades.Count > 0 ? order.Trades[^1].Quantity : 0));
        json.WriteString("z", FuturesOrderJson.Text(order.ExecutedQuantity));
        json.WriteNumber("T", timeMs);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, string kind, long timeMs)
    {
        json.WriteStartObject();
        json.WriteString("e", kind);
        json.WriteNumber("E", timeMs);
        json.WriteNumber("T", timeMs);
    }

    /// <summary>Without a commission the wire has neither of its members.</summary>
    private static void LastTrade(Utf8JsonWriter json, ExecutionReport report)
    {
        ClientTrade? trade = report.Trade;
        json.WriteString("l", FuturesOrderJson.Text(trade?.Quantity ?? 0));
        json.WriteString("z", FuturesOrderJson.Text(report.ExecutedQuantity));
        json.WriteString("L", FuturesOrderJson.Text(trade?.Price ?? 0));
        if (trade is not null)
        {
            json.WriteString("n", FuturesOrderJson.Text(trade.Commission));
            json.WriteString("N", trade.CommissionAsset);
        }

        json.WriteNumber("T", report.TimeMs);
        json.WriteNumber("t", trade?.TradeId ?? 0);
    }

    private static long OpenOf(ClientOrder order, OrderSide side) =>
        order.Side == side && order.IsOpen ? Amount.NotionalOf(order.Price, order.LeavesQuantity) : 0;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
