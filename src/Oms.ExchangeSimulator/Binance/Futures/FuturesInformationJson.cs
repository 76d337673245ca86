using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>The rules of futures as the exchange publishes them: what is listed here is what is enforced.</summary>
internal static class FuturesInformationJson
{
    private const long Perpetual = 4_133_404_800_000;

    public static void Write(
        Utf8JsonWriter json, long nowMs, RateLimitSettings limits, IEnumerable<FuturesMarket> markets)
    {
        json.WriteStartObject();
        Strings(json, "exchangeFilters");
        json.WriteStartArray("rateLimits");
        RateLimitJson.Limit(json, "REQUEST_WEIGHT", "MINUTE", 1, limits.WeightPerMinute, null);
        RateLimitJson.Limit(json, "ORDERS", "MINUTE", 1, limits.Orders.PerLongWindow, null);
        RateLimitJson.Limit(json, "ORDERS", "SECOND", 10, limits.Orders.Per10Seconds, null);
        json.WriteEndArray();
        json.WriteNumber("serverTime", nowMs);
        json.WriteStartArray("assets");
        json.WriteStartObject();
        json.WriteString("asset", "USDT");
        json.WriteBoolean("marginAvailable", true);
        json.WriteString("autoAssetExchange", "0");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("symbols");
        foreach (FuturesMarket market in markets)
        {
            Symbol(json, market.Symbol, market.Market.IsTrading);
        }

        json.WriteEndArray();
        json.WriteString("timezone", "UTC");
        json.WriteEndObject();
    }

    private static void Symbol(Utf8JsonWriter json, FuturesSymbol symbol, bool isTrading)
    {
        json.WriteStartObject();
        json.WriteString("symbol", symbol.Listed.Name);
        json.WriteString("pair", symbol.Listed.Name);
        json.WriteString("contractType", "PERPETUAL");
        json.WriteNumber("deliveryDate", Perpetual);
        json.WriteNumber("onboardDate", 1_569_398_400_000);
        json.WriteString("status", isTrading ? "TRADING" : "SETTLING");
        json.WriteString("maintMarginPercent", "2.5000");
        json.WriteString("requiredMarginPercent", "5.0000");
        json.WriteString("baseAsset", symbol.Listed.BaseAsset);
        json.WriteString("quoteAsset", symbol.Listed.QuoteAsset);
        json.WriteString("marginAsset", symbol.Listed.QuoteAsset);
        json.WriteNumber("pricePrecision", symbol.PricePrecision);
        json.WriteNumber("quantityPrecision", symbol.QuantityPrecision);
        json.WriteNumber("baseAssetPrecision", Amount.Decimals);
        json.WriteNumber("quotePrecision", Amount.Decimals);
        json.WriteString("underlyingType", "COIN");
        Strings(json, "underlyingSubType", "PoW");
        json.WriteNumber("settlePlan", 0);
        json.WriteString("triggerProtect", "0.0500");
        json.WriteStartArray("filters");
        Filters(json, symbol.Listed.Rules);
        json.WriteEndArray();
        Strings(json, "orderTypes", "LIMIT", "MARKET");
        Strings(json, "timeInForce", "GTC", "IOC", "FOK", "GTX", "GTD");
        json.WriteString("liquidationFee", "0.012500");
        json.WriteString("marketTakeBound", "0.05");
        json.WriteEndObject();
    }

    private static void Filters(Utf8JsonWriter json, SymbolRules rules)
    {
        Filter(json, "PRICE_FILTER", ("maxPrice", rules.PriceMax), ("minPrice", rules.PriceMin),
            ("tickSize", rules.TickSize));
        Filter(json, "LOT_SIZE", ("maxQty", rules.QuantityMax), ("minQty", rules.QuantityMin),
            ("stepSize", rules.StepSize));
        Filter(json, "MARKET_LOT_SIZE", ("maxQty", rules.MarketQuantityMax), ("minQty", rules.MarketQuantityMin),
            ("stepSize", rules.MarketStepSize));
        json.WriteStartObject();
        json.WriteString("filterType", "MAX_NUM_ORDERS");
        json.WriteNumber("limit", rules.OpenOrdersMax);
        json.WriteEndObject();
        Filter(json, "MIN_NOTIONAL", ("notional", rules.NotionalMin));
        json.WriteStartObject();
        json.WriteString("filterType", "PERCENT_PRICE");
        json.WriteString("multiplierUp", FuturesOrderJson.Text(rules.PriceMultiplierUp));
        json.WriteString("multiplierDown", FuturesOrderJson.Text(rules.PriceMultiplierDown));
        json.WriteString("multiplierDecimal", "4");
        json.WriteEndObject();
    }

    private static void Filter(
        Utf8JsonWriter json, string type, params ReadOnlySpan<(string Name, long Value)> values)
    {
        json.WriteStartObject();
        json.WriteString("filterType", type);
        foreach ((string name, long value) in values)
        {
            json.WriteString(name, FuturesOrderJson.Text(value));
        }

        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, params ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
