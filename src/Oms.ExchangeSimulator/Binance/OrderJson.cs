using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Orders and trades as the wire spells them, the exchange's own misspellings included.</summary>
internal static class OrderJson
{
    private const int NoOrderList = -1;

    /// <summary>The answer to a new order.</summary>
    public static void Placed(Utf8JsonWriter json, ClientOrder order, ResponseType responseType) =>
        Placed(json, order, responseType, order.State);

    /// <param name="state">As which the answer is to show it.</param>
    public static void Placed(Utf8JsonWriter json, ClientOrder order, ResponseType responseType, OrderState state)
    {
        json.WriteStartObject();
        json.WriteString("symbol", order.Market.Symbol.Name);
        json.WriteNumber("orderId", order.OrderId);
        json.WriteNumber("orderListId", ListIdOf(order));
        json.WriteString("clientOrderId", order.ClientOrderId);
        json.WriteNumber("transactTime", order.UpdatedMs);
        if (responseType != ResponseType.Ack)
        {
            Amounts(json, order, state);
            json.WriteNumber("workingTime", state == OrderState.PendingNew ? -1 : order.WorkingMs);
            if (responseType == ResponseType.Full)
            {
                Fills(json, order);
            }

            Closing(json, order);
        }

        json.WriteEndObject();
    }

    /// <summary>The answer to a cancel: the order's own id stands under another name.</summary>
    public static void Canceled(Utf8JsonWriter json, ClientOrder order, string cancelClientOrderId)
    {
        json.WriteStartObject();
        json.WriteString("symbol", order.Market.Symbol.Name);
        json.WriteString("origClientOrderId", order.ClientOrderId);
        json.WriteNumber("orderId", order.OrderId);
        json.WriteNumber("orderListId", ListIdOf(order));
        json.WriteString("clientOrderId", cancelClientOrderId);
        json.WriteNumber("transactTime", order.UpdatedMs);
        Amounts(json, order, order.State);
        Closing(json, order);
        json.WriteEndObject();
    }

    /// <summary>The answer to an amendment, which spells some members in its own way.</summary>
    public static void Amended(Utf8JsonWriter json, ClientOrder order, QuantityReduction reduction)
    {
        json.WriteStartObject();
        json.WriteNumber("transactTime", reduction.TimeMs);
        json.WriteNumber("executionId", reduction.ExecutionId);
        json.WriteStartObject("amendedOrder");
        json.WriteString("symbol", order.Market.Symbol.Name);
        json.WriteNumber("orderId", order.OrderId);
        json.WriteNumber("orderListId", ListIdOf(order));
        json.WriteString("origClientOrderId", reduction.OldClientOrderId);
        json.WriteString("clientOrderId", reduction.NewClientOrderId);
        json.WriteString("price", Amount.Format(order.Price));
        json.WriteString("qty", Amount.Format(order.Quantity));
        json.WriteString("executedQty", Amount.Format(order.ExecutedQuantity));
        json.WriteString("preventedQty", Amount.Format(order.PreventedQuantity));
        json.WriteString("quoteOrderQty", Amount.Format(order.QuoteQuantity));
        json.WriteString("cumulativeQuoteQty", Amount.Format(order.ExecutedQuote));
        json.WriteString("status", Words.Of(order.State));
        json.WriteString("timeInForce", Words.Of(order.TimeInForce));
        json.WriteString("type", Words.Of(order.Type));
        json.WriteString("side", Words.Of(order.Side));
        if (order.WorkingMs >= 0)
        {
            json.WriteNumber("workingTime", order.WorkingMs);
        }

        json.WriteString("selfTradePreventionMode", Words.Of(order.SelfTradePrevention));
        json.WriteEndObject();
        if (order.List is not null)
        {
            OrderListJson.Amended(json, order.List);
        }

        json.WriteEndObject();
    }

    /// <summary>The answer to a query.</summary>
    public static void Queried(Utf8JsonWriter json, ClientOrder order)
    {
        json.WriteStartObject();
        json.WriteString("symbol", order.Market.Symbol.Name);
        json.WriteNumber("orderId", order.OrderId);
        json.WriteNumber("orderListId", ListIdOf(order));
        json.WriteString("clientOrderId", order.ClientOrderId);
        json.WriteString("price", Amount.Format(order.Price));
        json.WriteString("origQty", Amount.Format(order.Quantity));
        json.WriteString("executedQty", Amount.Format(order.ExecutedQuantity));
        json.WriteString("cummulativeQuoteQty", Amount.Format(order.ExecutedQuote));
        json.WriteString("status", Words.Of(order.State));
        json.WriteString("timeInForce", Words.Of(order.TimeInForce));
        json.WriteString("type", Words.Of(order.Type));
        json.WriteString("side", Words.Of(order.Side));
        json.WriteString("stopPrice", Amount.Format(order.Terms.StopPrice));
        json.WriteString("icebergQty", Amount.Format(order.Terms.IcebergQuantity));
        Trailing(json, order);
        json.WriteNumber("time", order.CreatedMs);
        json.WriteNumber("updateTime", order.UpdatedMs);
        json.WriteBoolean("isWorking", order.IsWorking);
        json.WriteNumber("workingTime", order.WorkingMs);
        json.WriteString("origQuoteOrderQty", Amount.Format(order.QuoteQuantity));
        Closing(json, order);
        json.WriteEndObject();
    }

    public static void Trade(Utf8JsonWriter json, ClientTrade trade)
    {
        json.WriteStartObject();
        json.WriteString("symbol", trade.Order.Market.Symbol.Name);
        json.WriteNumber("id", trade.TradeId);
        json.WriteNumber("orderId", trade.Order.OrderId);
        json.WriteNumber("orderListId", ListIdOf(trade.Order));
        json.WriteString("price", Amount.Format(trade.Price));
        json.WriteString("qty", Amount.Format(trade.Quantity));
        json.WriteString("quoteQty", Amount.Format(trade.QuoteQuantity));
        json.WriteString("commission", Amount.Format(trade.Commission));
        json.WriteString("commissionAsset", trade.CommissionAsset);
        json.WriteNumber("time", trade.TimeMs);
        json.WriteBoolean("isBuyer", trade.Order.Side == OrderSide.Buy);
        json.WriteBoolean("isMaker", trade.IsMaker);
        json.WriteBoolean("isBestMatch", true);
        json.WriteEndObject();
    }

    private static void Amounts(Utf8JsonWriter json, ClientOrder order, OrderState state)
    {
        json.WriteString("price", Amount.Format(order.Price));
        json.WriteString("origQty", Amount.Format(order.Quantity));
        json.WriteString("executedQty", Amount.Format(order.ExecutedQuantity));
        json.WriteString("origQuoteOrderQty", Amount.Format(order.QuoteQuantity));
        json.WriteString("cummulativeQuoteQty", Amount.Format(order.ExecutedQuote));
        json.WriteString("status", Words.Of(state));
        json.WriteString("timeInForce", Words.Of(order.TimeInForce));
        json.WriteString("type", Words.Of(order.Type));
        json.WriteString("side", Words.Of(order.Side));
        if (order.Terms.StopPrice > 0)
        {
            json.WriteString("stopPrice", Amount.Format(order.Terms.StopPrice));
        }

        Trailing(json, order);
        if (order.Terms.IcebergQuantity > 0)
        {
            json.WriteString("icebergQty", Amount.Format(order.Terms.IcebergQuantity));
        }
    }

    private static long ListIdOf(ClientOrder order) => order.List?.OrderListId ?? NoOrderList;

    private static void Trailing(Utf8JsonWriter json, ClientOrder order)
    {
        if (order.Terms.TrailingDelta > 0)
        {
            json.WriteNumber("trailingDelta", order.Terms.TrailingDelta);
            json.WriteNumber("trailingTime", order.TrailingMs);
        }
    }

    private static void Fills(Utf8JsonWriter json, ClientOrder order)
    {
        json.WriteStartArray("fills");
        foreach (ClientTrade trade in order.Trades)
        {
            json.WriteStartObject();
            json.WriteString("price", Amount.Format(trade.Price));
            json.WriteString("qty", Amount.Format(trade.Quantity));
            json.WriteString("commission", Amount.Format(trade.Commission));
            json.WriteString("commissionAsset", trade.CommissionAsset);
            json.WriteNumber("tradeId", trade.TradeId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Closing(Utf8JsonWriter json, ClientOrder order)
    {
        json.WriteString("selfTradePreventionMode", Words.Of(order.SelfTradePrevention));
        if (order.PreventedQuantity > 0)
        {
            json.WriteNumber("preventedMatchId", order.PreventedMatchId);
            json.WriteString("preventedQuantity", Amount.Format(order.PreventedQuantity));
        }

        if (Words.Of(order.ExpiryReason) is { } reason)
        {
            json.WriteString("expiryReason", reason);
        }
    }
}
