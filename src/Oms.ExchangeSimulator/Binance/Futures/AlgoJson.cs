using System.Globalization;
using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>Conditional orders as the wire spells them.</summary>
internal static class AlgoJson
{
    /// <summary>The answer to a new one.</summary>
    public static void Placed(Utf8JsonWriter json, AlgoOrder order)
    {
        json.WriteStartObject();
        Terms(json, order);
        bool isTrailing = order.Type == AlgoType.TrailingStopMarket;
        json.WriteString("activatePrice", isTrailing ? Text(order.ActivatePrice) : "");
        json.WriteString("callbackRate", isTrailing ? Text(order.CallbackRate) : "");
        json.WriteEndObject();
    }

    /// <summary>One of a list.</summary>
    public static void Listed(Utf8JsonWriter json, AlgoOrder order, ClientOrder? actual)
    {
        json.WriteStartObject();
        Terms(json, order);
        Actual(json, order, actual);
        foreach (string name in (ReadOnlySpan<string>)["tpTriggerPrice", "tpPrice", "slTriggerPrice", "slPrice"])
        {
            json.WriteString(name, "0.000");
        }

        json.WriteEndObject();
    }

    /// <summary>The answer to a query.</summary>
    public static void Queried(Utf8JsonWriter json, AlgoOrder order, ClientOrder? actual)
    {
        json.WriteStartObject();
        Terms(json, order);
        Actual(json, order, actual);
        json.WriteString("actualType", actual is null ? "" : FuturesWords.TypeOf(actual));
        json.WriteString("actualQty", Text(actual?.ExecutedQuantity ?? 0));
        json.WriteEndObject();
    }

    public static void Canceled(Utf8JsonWriter json, AlgoOrder order)
    {
        json.WriteStartObject();
        json.WriteNumber("algoId", order.AlgoId);
        json.WriteString("clientAlgoId", order.ClientAlgoId);
        json.WriteString("code", "200");
        json.WriteString("msg", "success");
        json.WriteEndObject();
    }

    /// <summary>What happened to one, on the stream.</summary>
    public static void Event(Utf8JsonWriter json, AlgoOrder order, ClientOrder? actual, long timeMs)
    {
        json.WriteStartObject();
        json.WriteString("e", "ALGO_UPDATE");
        json.WriteNumber("T", timeMs);
        json.WriteNumber("E", timeMs);
        json.WriteStartObject("o");
        json.WriteString("caid", order.ClientAlgoId);
        json.WriteNumber("aid", order.AlgoId);
        json.WriteString("at", "CONDITIONAL");
        json.WriteString("o", AlgoWords.Of(order.Type));
        json.WriteString("s", order.Symbol);
        json.WriteString("S", Words.Of(order.Side));
        json.WriteString("ps", FuturesWords.Of(order.PositionSide));
        json.WriteString("f", Words.Of(order.TimeInForce));
        json.WriteString("q", Text(order.Quantity));
        json.WriteString("X", AlgoWords.Of(order.State));
        json.WriteString("ai", actual is null ? "" : Number(actual.OrderId));
        json.WriteString("ap", Text(actual is null ? 0 : FuturesOrderJson.AveragePriceOf(actual)));
        json.WriteString("aq", Text(actual?.ExecutedQuantity ?? 0));
        json.WriteString("act", actual is null ? "0" : FuturesWords.TypeOf(actual));
        json.WriteString("tp", Text(order.TriggerPrice));
        json.WriteString("p", Text(order.Price));
        json.WriteString("V", "EXPIRE_MAKER");
        json.WriteString("wt", AlgoWords.WorkingTypeOf(order));
        json.WriteString("pm", "NONE");
        json.WriteBoolean("cp", order.ClosesPosition);
        json.WriteBoolean("pP", false);
        json.WriteBoolean("R", order.IsReduceOnly);
        json.WriteNumber("tt", order.TriggeredMs);
        json.WriteNumber("gtd", 0);
        json.WriteString("rm", order.State == AlgoState.Rejected ? "Reject" : "");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Actual(Utf8JsonWriter json, AlgoOrder order, ClientOrder? actual)
    {
        json.WriteString("actualOrderId", order.ActualOrderId == 0 ? "" : Number(order.ActualOrderId));
        json.WriteString("actualPrice", Text(actual is null ? 0 : FuturesOrderJson.AveragePriceOf(actual)));
        json.WriteString("tpOrderType", "");
    }

    private static void Terms(Utf8JsonWriter json, AlgoOrder order)
    {
        json.WriteNumber("algoId", order.AlgoId);
        json.WriteString("clientAlgoId", order.ClientAlgoId);
        json.WriteString("algoType", "CONDITIONAL");
        json.WriteString("orderType", AlgoWords.Of(order.Type));
        json.WriteString("symbol", order.Symbol);
        json.WriteString("side", Words.Of(order.Side));
        json.WriteString("positionSide", FuturesWords.Of(order.PositionSide));
        json.WriteString("timeInForce", Words.Of(order.TimeInForce));
        json.WriteString("quantity", Text(order.Quantity));
        json.WriteString("algoStatus", AlgoWords.Of(order.State));
        json.WriteString("triggerPrice", Text(order.TriggerPrice));
        json.WriteString("price", Text(order.Price));
        json.WriteString("icebergQuantity", "null");
        json.WriteString("selfTradePreventionMode", "EXPIRE_MAKER");
        json.WriteString("workingType", AlgoWords.WorkingTypeOf(order));
        json.WriteString("priceMatch", "NONE");
        json.WriteBoolean("closePosition", order.ClosesPosition);
        json.WriteBoolean("priceProtect", false);
        json.WriteBoolean("reduceOnly", order.IsReduceOnly);
        json.WriteNumber("createTime", order.CreatedMs);
        json.WriteNumber("updateTime", order.UpdatedMs);
        json.WriteNumber("triggerTime", order.TriggeredMs);
        json.WriteNumber("goodTillDate", 0);
    }

    private static string Text(long amount) => FuturesOrderJson.Text(amount);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
