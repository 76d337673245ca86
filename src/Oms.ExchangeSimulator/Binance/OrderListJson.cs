using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Lists of orders as the wire spells them.</summary>
internal static class OrderListJson
{
    /// <summary>
    /// The answer to a new list. What waits for the working order shows as waiting, also when that was filled at once.
    /// </summary>
    public static void Placed(Utf8JsonWriter json, OrderList list, ResponseType responseType)
    {
        json.WriteStartObject();
        Head(json, list, ListStatus.Started, isOpen: true, list.CreatedMs);
        json.WriteStartArray("orderReports");
        foreach (ClientOrder order in list.Orders)
        {
            bool isWaiting = list.Pending.Contains(order);
            OrderJson.Placed(json, order, responseType, isWaiting ? OrderState.PendingNew : order.State);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <param name="cancelIdOf">The id of the cancel that ended an order.</param>
    public static void Canceled(
        Utf8JsonWriter json, OrderList list, long timeMs, Func<ClientOrder, string> cancelIdOf)
    {
        json.WriteStartObject();
        Head(json, list, ListStatus.Done, isOpen: false, timeMs);
        json.WriteStartArray("orderReports");
        foreach (ClientOrder order in list.Orders.Where(order => order.State == OrderState.Canceled))
        {
            OrderJson.Canceled(json, order, cancelIdOf(order));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Queried(Utf8JsonWriter json, OrderList list)
    {
        json.WriteStartObject();
        Head(json, list, list.IsOpen ? ListStatus.Started : ListStatus.Done, list.IsOpen, list.CreatedMs);
        json.WriteEndObject();
    }

    public static ApiAnswer Array(IEnumerable<OrderList> lists) => ApiAnswer.Of(json =>
    {
        json.WriteStartArray();
        foreach (OrderList list in lists)
        {
            Queried(json, list);
        }

        json.WriteEndArray();
    });

    /// <summary>What the answer to an amendment says of the order's list.</summary>
    public static void Amended(Utf8JsonWriter json, OrderList list)
    {
        json.WriteStartObject("listStatus");
        json.WriteNumber("orderListId", list.OrderListId);
        json.WriteString("contingencyType", Words.Of(list.Contingency));
        json.WriteString("listOrderStatus", StatusOf(list.IsOpen));
        json.WriteString("listClientOrderId", list.ListClientOrderId);
        json.WriteString("symbol", list.Market.Symbol.Name);
        Orders(json, list);
        json.WriteEndObject();
    }

    /// <summary>The event of the user data stream.</summary>
    public static void Event(Utf8JsonWriter json, OrderList list, ListStatus status, long timeMs)
    {
        json.WriteStartObject();
        json.WriteString("e", "listStatus");
        json.WriteNumber("E", timeMs);
        json.WriteString("s", list.Market.Symbol.Name);
        json.WriteNumber("g", list.OrderListId);
        json.WriteString("c", Words.Of(list.Contingency));
        json.WriteString("l", Words.Of(status));
        json.WriteString("L", StatusOf(status != ListStatus.Done));
        json.WriteString("r", "NONE");
        json.WriteString("C", list.ListClientOrderId);
        json.WriteNumber("T", timeMs);
        json.WriteStartArray("O");
        foreach (ClientOrder order in list.Orders)
        {
            json.WriteStartObject();
            json.WriteString("s", list.Market.Symbol.Name);
            json.WriteNumber("i", order.OrderId);
            json.WriteString("c", order.ClientOrderId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string StatusOf(bool isOpen) => isOpen ? "EXECUTING" : "ALL_DONE";

    private static void Head(Utf8JsonWriter json, OrderList list, ListStatus status, bool isOpen, long timeMs)
    {
        json.WriteNumber("orderListId", list.OrderListId);
        json.WriteString("contingencyType", Words.Of(list.Contingency));
        json.WriteString("listStatusType", Words.Of(status));
        json.WriteString("listOrderStatus", StatusOf(isOpen));
        json.WriteString("listClientOrderId", list.ListClientOrderId);
        json.WriteNumber("transactionTime", timeMs);
        json.WriteString("symbol", list.Market.Symbol.Name);
        Orders(json, list);
    }

    private static void Orders(Utf8JsonWriter json, OrderList list)
    {
        json.WriteStartArray("orders");
        foreach (ClientOrder order in list.Orders)
        {
            json.WriteStartObject();
            json.WriteString("symbol", list.Market.Symbol.Name);
            json.WriteNumber("orderId", order.OrderId);
            json.WriteString("clientOrderId", order.ClientOrderId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
