using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>The exchange's rules as it publishes them: what is listed here is what is enforced.</summary>
internal static class ExchangeInformationJson
{
    private const int AssetPrecision = 8;

    public static void Write(
        Utf8JsonWriter json, long nowMs, RateLimitSettings limits, IEnumerable<Market> markets)
    {
        json.WriteStartObject();
        json.WriteString("timezone", "UTC");
        json.WriteNumber("serverTime", nowMs);
        json.WriteStartArray("rateLimits");
        RateLimitJson.Limit(json, "REQUEST_WEIGHT", "MINUTE", 1, limits.WeightPerMinute, null);
        RateLimitJson.Limit(json, "ORDERS", "SECOND", 10, limits.Orders.Per10Seconds, null);
        RateLimitJson.Limit(json, "ORDERS", "DAY", 1, limits.Orders.PerLongWindow, null);
        json.WriteEndArray();
        Strings(json, "exchangeFilters", []);
        json.WriteStartArray("symbols");
        foreach (Market market in markets)
        {
            Symbol(json, market.Symbol, market.IsTrading);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Symbol(Utf8JsonWriter json, ListedSymbol symbol, bool isTrading)
    {
        json.WriteStartObject();
        json.WriteString("symbol", symbol.Name);
        json.WriteString("status", isTrading ? "TRADING" : "BREAK");
        json.WriteString("baseAsset", symbol.BaseAsset);
        json.WriteNumber("baseAssetPrecision", AssetPrecision);
        json.WriteString("quoteAsset", symbol.QuoteAsset);
        json.WriteNumber("quotePrecision", AssetPrecision);
        json.WriteNumber("quoteAssetPrecision", AssetPrecision);
        json.WriteNumber("baseCommissionPrecision", AssetPrecision);
        json.WriteNumber("quoteCommissionPrecision", AssetPrecision);
        Strings(json, "orderTypes", Words.Types.Keys.Order(StringComparer.Ordinal));
        json.WriteBoolean("icebergAllowed", true);
        json.WriteBoolean("ocoAllowed", true);
        json.WriteBoolean("otoAllowed", true);
        json.WriteBoolean("opoAllowed", false);
        json.WriteBoolean("quoteOrderQtyMarketAllowed", true);
        json.WriteBoolean("allowTrailingStop", true);
        json.WriteBoolean("cancelReplaceAllowed", true);
        json.WriteBoolean("amendAllowed", true);
        json.WriteBoolean("pegInstructionsAllowed", false);
        json.WriteBoolean("isSpotTradingAllowed", true);
        json.WriteBoolean("isMarginTradingAllowed", false);
        json.WriteStartArray("filters");
        Filters(json, symbol.Rules);
        json.WriteEndArray();
        Strings(json, "permissions", []);
        json.WriteStartArray("permissionSets");
        json.WriteStartArray();
        json.WriteStringValue("SPOT");
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteString("defaultSelfTradePreventionMode", Words.Of(SelfTradePrevention.ExpireMaker));
        Strings(
            json,
            "allowedSelfTradePreventionModes",
            Words.SelfTradePreventions.Keys.Order(StringComparer.Ordinal));
        json.WriteEndObject();
    }

    private static void Filters(Utf8JsonWriter json, SymbolRules rules)
    {
        Filter(json, "PRICE_FILTER", ("minPrice", rules.PriceMin), ("maxPrice", rules.PriceMax),
            ("tickSize", rules.TickSize));
        Filter(json, "LOT_SIZE", ("minQty", rules.QuantityMin), ("maxQty", rules.QuantityMax),
            ("stepSize", rules.StepSize));
        Filter(
            json, "MARKET_LOT_SIZE", ("minQty", rules.MarketQuantityMin), ("maxQty", rules.MarketQuantityMax),
            ("stepSize", rules.MarketStepSize));
        json.WriteStartObject();
        json.WriteString("filterType", "PERCENT_PRICE_BY_SIDE");
        json.WriteString("bidMultiplierUp", Short(rules.PriceMultiplierUp));
        json.WriteString("bidMultiplierDown", Short(rules.PriceMultiplierDown));
        json.WriteString("askMultiplierUp", Short(rules.PriceMultiplierUp));
        json.WriteString("askMultiplierDown", Short(rules.PriceMultiplierDown));
        json.WriteNumber("avgPriceMins", rules.AveragePriceMinutes);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("filterType", "NOTIONAL");
        json.WriteString("minNotional", Amount.Format(rules.NotionalMin));
        json.WriteBoolean("applyMinToMarket", true);
        json.WriteString("maxNotional", Amount.Format(rules.NotionalMax));
        json.WriteBoolean("applyMaxToMarket", false);
        json.WriteNumber("avgPriceMins", rules.AveragePriceMinutes);
        json.WriteEndObject();
        Count(json, "MAX_NUM_ORDERS", "maxNumOrders", rules.OpenOrdersMax);
        Count(json, "MAX_NUM_ALGO_ORDERS", "maxNumAlgoOrders", rules.OpenAlgoOrdersMax);
        Count(json, "MAX_NUM_ORDER_LISTS", "maxNumOrderLists", rules.OpenListsMax);
        Count(json, "ICEBERG_PARTS", "limit", rules.IcebergPartsMax);
        json.WriteStartObject();
        json.WriteString("filterType", "TRAILING_DELTA");
        json.WriteNumber("minTrailingAboveDelta", rules.TrailingDeltaMin);
        json.WriteNumber("maxTrailingAboveDelta", rules.TrailingDeltaMax);
        json.WriteNumber("minTrailingBelowDelta", rules.TrailingDeltaMin);
        json.WriteNumber("maxTrailingBelowDelta", rules.TrailingDeltaMax);
        json.WriteEndObject();
        Count(json, "MAX_NUM_ORDER_AMENDS", "maxNumOrderAmends", rules.OrderAmendmentsMax);
    }

    private static void Count(Utf8JsonWriter json, string type, string name, int limit)
    {
        json.WriteStartObject();
        json.WriteString("filterType", type);
        json.WriteNumber(name, limit);
        json.WriteEndObject();
    }

    private static string Short(long amount) =>
        Domain.Numbers.DecimalText.FormatShort(amount, Amount.Decimals);

    private static void Filter(
        Utf8JsonWriter json, string type, params ReadOnlySpan<(string Name, long Value)> values)
    {
        json.WriteStartObject();
        json.WriteString("filterType", type);
        foreach ((string name, long value) in values)
        {
            json.WriteString(name, Amount.Format(value));
        }

        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
