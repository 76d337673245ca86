using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Events of the user data and market streams as the wire spells them.</summary>
internal static class EventJson
{
    public static void Execution(Utf8JsonWriter json, ExecutionReport report)
    {
        ClientOrder order = report.Order;
        bool isCancel = report.CancelClientOrderId is not null;
        json.WriteStartObject();
        json.WriteString("e", "executionReport");
        json.WriteNumber("E", report.TimeMs);
        json.WriteString("s", order.Market.Symbol.Name);
        json.WriteString("c", report.CancelClientOrderId ?? report.ClientOrderId);
        json.WriteString("S", Words.Of(order.Side));
        json.WriteString("o", Words.Of(order.Type));
        json.WriteString("f", Words.Of(order.TimeInForce));
        json.WriteString("q", Amount.Format(order.Quantity));
        json.WriteString("p", Amount.Format(order.Price));
        json.WriteString("P", Amount.Format(order.Terms.StopPrice));
        json.WriteString("F", Amount.Format(order.Terms.IcebergQuantity));
        json.WriteNumber("g", order.List?.OrderListId ?? -1);
        json.WriteString("C", isCancel ? report.ClientOrderId : report.PreviousClientOrderId ?? "");
        json.WriteString("x", Words.Of(report.Type));
        json.WriteString("X", Words.Of(report.State));
        json.WriteString("r", Words.RejectionOf(report.Type == ExecutionType.Expired ? order.ExpiryReason : default));
        json.WriteNumber("i", order.OrderId);
        LastTrade(json, report);
        json.WriteNumber("I", report.ExecutionId);
        json.WriteBoolean("w", report.IsOnBook);
        json.WriteBoolean("m", report.Trade?.IsMaker ?? false);
        json.WriteBoolean("M", report.Trade is not null);
        json.WriteNumber("O", order.CreatedMs);
        json.WriteString("Z", Amount.Format(report.ExecutedQuote));
        json.WriteString("Y", Amount.Format(report.Trade?.QuoteQuantity ?? 0));
        json.WriteString("Q", Amount.Format(order.QuoteQuantity));
        if (report.WorkingMs >= 0)
        {
            json.WriteNumber("W", report.WorkingMs);
        }

        json.WriteString("V", Words.Of(order.SelfTradePrevention));
        Prevention(json, report);

        if (order.Terms.TrailingDelta > 0)
        {
            json.WriteNumber("d", order.Terms.TrailingDelta);
            if (order.TrailingMs >= 0)
            {
                json.WriteNumber("D", order.TrailingMs);
            }
        }

        if (report.Type == ExecutionType.Expired && Words.Of(order.ExpiryReason) is { } reason)
        {
            json.WriteString("eR", reason);
        }

        json.WriteEndObject();
    }

    public static void Balances(
        Utf8JsonWriter json, Account account, IReadOnlyCollection<string> assets, long timeMs)
    {
        json.WriteStartObject();
        json.WriteString("e", "outboundAccountPosition");
        json.WriteNumber("E", timeMs);
        json.WriteNumber("u", timeMs);
        json.WriteStartArray("B");
        foreach (string asset in assets)
        {
            Balance balance = account.BalanceOf(asset);
            json.WriteStartObject();
            json.WriteString("a", asset);
            json.WriteString("f", Amount.Format(balance.Free));
            json.WriteString("l", Amount.Format(balance.Locked));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>By how much a balance changed that no order changed.</summary>
    public static void BalanceUpdate(Utf8JsonWriter json, string asset, long amount, long timeMs)
    {
        json.WriteStartObject();
        json.WriteString("e", "balanceUpdate");
        json.WriteNumber("E", timeMs);
        json.WriteString("a", asset);
        json.WriteString("d", Amount.Format(amount));
        json.WriteNumber("T", timeMs);
        json.WriteEndObject();
    }

    public static void Trade(Utf8JsonWriter json, Market market, in PublicTrade trade)
    {
        json.WriteStartObject();
        json.WriteString("e", "trade");
        json.WriteNumber("E", trade.TimeMs);
        json.WriteString("s", market.Symbol.Name);
        json.WriteNumber("t", trade.TradeId);
        json.WriteString("p", Amount.Format(trade.Price));
        json.WriteString("q", Amount.Format(trade.Quantity));
        json.WriteNumber("T", trade.TimeMs);
        json.WriteBoolean("m", trade.IsBuyerMaker);
        json.WriteBoolean("M", true);
        json.WriteEndObject();
    }

    /// <summary>Empty sides show zeros.</summary>
    public static void TopOfBook(Utf8JsonWriter json, Market market)
    {
        _ = market.Book.TryGetBest(BookSide.Bid, out BookLevel bid);
        _ = market.Book.TryGetBest(BookSide.Ask, out BookLevel ask);
        json.WriteStartObject();
        json.WriteNumber("u", market.UpdateId);
        json.WriteString("s", market.Symbol.Name);
        json.WriteString("b", Amount.Format(bid.Price));
        json.WriteString("B", Amount.Format(bid.Quantity));
        json.WriteString("a", Amount.Format(ask.Price));
        json.WriteString("A", Amount.Format(ask.Quantity));
        json.WriteEndObject();
    }

    public static void Depth(Utf8JsonWriter json, Market market, DepthDiff diff, long timeMs)
    {
        json.WriteStartObject();
        json.WriteString("e", "depthUpdate");
        json.WriteNumber("E", timeMs);
        json.WriteString("s", market.Symbol.Name);
        json.WriteNumber("U", diff.FirstUpdateId);
        json.WriteNumber("u", diff.LastUpdateId);
        Levels(json, "b", diff.Bids);
        Levels(json, "a", diff.Asks);
        json.WriteEndObject();
    }

    public static void Levels(Utf8JsonWriter json, string name, IEnumerable<BookLevel> levels)
    {
        json.WriteStartArray(name);
        foreach (BookLevel level in levels)
        {
            json.WriteStartArray();
            json.WriteStringValue(Amount.Format(level.Price));
            json.WriteStringValue(Amount.Format(level.Quantity));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>In all, and by the match that this report is about, at the price that the maker had.</summary>
    private static void Prevention(Utf8JsonWriter json, ExecutionReport report)
    {
        if (report.PreventedQuantity > 0)
        {
            json.WriteString("A", Amount.Format(report.PreventedQuantity));
        }

        if (report.Prevented is { } match)
        {
            long quantity = match.QuantityOf(report.Order);
            json.WriteNumber("v", match.MatchId);
            json.WriteString("B", Amount.Format(quantity));
            json.WriteNumber("u", PreventedMatchCalls.NoTradeGroup);
            json.WriteNumber("U", match.CounterpartOf(report.Order));
            json.WriteString("Cs", match.Symbol);
            json.WriteString("pl", Amount.Format(quantity));
            json.WriteString("pL", Amount.Format(match.Price));
            json.WriteString("pY", Amount.Format(Amount.NotionalOf(match.Price, quantity)));
        }
    }

    private static void LastTrade(Utf8JsonWriter json, ExecutionReport report)
    {
        ClientTrade? trade = report.Trade;
        json.WriteString("l", Amount.Format(trade?.Quantity ?? 0));
        json.WriteString("z", Amount.Format(report.ExecutedQuantity));
        json.WriteString("L", Amount.Format(trade?.Price ?? 0));
        json.WriteString("n", trade is null ? "0" : Amount.Format(trade.Commission));
        json.WriteString("N", trade?.CommissionAsset);
        json.WriteNumber("T", report.TimeMs);
        json.WriteNumber("t", trade?.TradeId ?? -1);
    }
}
