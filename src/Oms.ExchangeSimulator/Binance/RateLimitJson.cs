using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Rate limits as the wire spells them, with or without a count.</summary>
internal static class RateLimitJson
{
    public static void Limit(
        Utf8JsonWriter json, string type, string interval, int intervalCount, int limit, int? count)
    {
        json.WriteStartObject();
        json.WriteString("rateLimitType", type);
        json.WriteString("interval", interval);
        json.WriteNumber("intervalNum", intervalCount);
        json.WriteNumber("limit", limit);
        if (count is { } used)
        {
            json.WriteNumber("count", used);
        }

        json.WriteEndObject();
    }

    public static void Orders(Utf8JsonWriter json, UnfilledOrderCount count, long nowMs)
    {
        Limit(json, "ORDERS", "SECOND", 10, count.Limits.Per10Seconds, count.Per10Seconds(nowMs));
        Limit(json, "ORDERS", "DAY", 1, count.Limits.PerLongWindow, count.PerLongWindow(nowMs));
    }

    public static void Weight(Utf8JsonWriter json, int limit, int used) =>
        Limit(json, "REQUEST_WEIGHT", "MINUTE", 1, limit, used);
}
