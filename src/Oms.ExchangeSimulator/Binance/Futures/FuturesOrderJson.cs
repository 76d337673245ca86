using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>Orders and trades of futures as the wire spells them.</summary>
internal static class FuturesOrderJson
{
    /// <summary>The answer to a new order; an acknowledgement says nothing of its fills.</summary>
    public static void Placed(Utf8JsonWriter json, ClientOrder order, bool isAcknowledgement)
    {
        json.WriteStartObject();
        Ids(json, order);
        State(json, order, isAcknowledgement);
        Terms(json, order);
        json.WriteNumber("updateTime", order.UpdatedMs);
        json.WriteEndObject();
    }

    /// <summary>The answer to a change in place.</summary>
    public static void Modified(Utf8JsonWriter json, ClientOrder order)
    {
        json.WriteStartObject();
        Ids(json, order);
        json.WriteString("pair", order.Market.Symbol.Name);
        json.WriteNumber("modifyId", order.Amendments);
        State(json, order, isAcknowledgement: false);
        Terms(json, order);
        json.WriteNumber("updateTime", order.UpdatedMs);
        json.WriteEndObject();
    }

    /// <summary>The answer to a query.</summary>
    public static void Queried(Utf8JsonWriter json, ClientOrder order)
    {
        json.WriteStartObject();
        Ids(json, order);
        json.WriteString("avgPrice", Text(AveragePriceOf(order)));
        json.WriteString("cumQuote", Text(order.ExecutedQuote));
        json.WriteString("status", Words.Of(order.State));
        json.WriteString("executedQty", Text(order.ExecutedQuantity));
        Terms(json, order);
        json.WriteNumber("time", order.CreatedMs);
        json.WriteNumber("updateTime", order.UpdatedMs);
        json.WriteEndObject();
    }

    public static void Trade(Utf8JsonWriter json, ClientTrade trade)
    {
        bool isBuyer = trade.Order.Side == OrderSide.Buy;
        json.WriteStartObject();
        json.WriteBoolean("buyer", isBuyer);
        json.WriteString("commission", Amount.Format(trade.Commission));
        json.WriteString("commissionAsset", trade.CommissionAsset);
        json.WriteNumber("id", trade.TradeId);
        json.WriteBoolean("maker", trade.IsMaker);
        json.WriteNumber("orderId", trade.Order.OrderId);
        json.WriteString("price", Text(trade.Price));
        json.WriteString("qty", Text(trade.Quantity));
        json.WriteString("quoteQty", Text(trade.QuoteQuantity));
        json.WriteString("realizedPnl", Amount.Format(trade.Realized));
        json.WriteString("side", Words.Of(trade.Order.Side));
        json.WriteString("positionSide", PositionSideOf(trade.Order));
        json.WriteString("symbol", trade.Order.Market.Symbol.Name);
        json.WriteNumber("time", trade.TimeMs);
        json.WriteEndObject();
    }

    public static string PositionSideOf(ClientOrder order) =>
        FuturesWords.Of(order.Futures?.PositionSide ?? PositionSide.Both);

    public static long AveragePriceOf(ClientOrder order) => order.ExecutedQuantity == 0
        ? 0
        : (long)((Int128)order.ExecutedQuote * Amount.One / order.ExecutedQuantity);

    public static string Text(long amount) => Domain.Numbers.DecimalText.FormatShort(amount, Amount.Decimals);

    private static void Ids(Utf8JsonWriter json, ClientOrder order)
    {
        json.WriteNumber("orderId", order.OrderId);
        json.WriteString("symbol", order.Market.Symbol.Name);
        json.WriteString("clientOrderId", order.ClientOrderId);
    }

    private static void State(Utf8JsonWriter json, ClientOrder order, bool isAcknowledgement)
    {
        json.WriteString("status", isAcknowledgement ? Words.Of(OrderState.New) : Words.Of(order.State));
        json.WriteString("executedQty", Text(isAcknowledgement ? 0 : order.ExecutedQuantity));
        json.WriteString("cumQty", Text(isAcknowledgement ? 0 : order.ExecutedQuantity));
    }

    private static void Terms(Utf8JsonWriter json, ClientOrder order)
    {
        json.WriteString("origQty", Text(order.Quantity));
        json.WriteString("price", Text(order.Price));
        json.WriteBoolean("reduceOnly", order.Futures?.IsReduceOnly ?? false);
        json.WriteString("side", Words.Of(order.Side));
        json.WriteString("positionSide", PositionSideOf(order));
        json.WriteString("stopPrice", "0");
        json.WriteBoolean("closePosition", false);
        json.WriteString("timeInForce", FuturesWords.TimeInForceOf(order));
        json.WriteString("type", FuturesWords.TypeOf(order));
        json.WriteString("origType", FuturesWords.TypeOf(order));
        json.WriteString("workingType", "CONTRACT_PRICE");
        json.WriteBoolean("priceProtect", false);
        json.WriteString("priceMatch", "NONE");
        json.WriteString("selfTradePreventionMode", Words.Of(order.SelfTradePrevention));
        json.WriteNumber("goodTillDate", order.Futures?.GoodTillMs ?? 0);
    }
}
