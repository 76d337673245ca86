using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>
/// Commission rates as the wire spells them. There is a standard rate; special and tax are zero.
/// </summary>
internal static class CommissionJson
{
    public static void ForSymbol(Utf8JsonWriter json, string symbol, CommissionRates rates)
    {
        json.WriteStartObject();
        json.WriteString("symbol", symbol);
        Rates(json, "standardCommission", rates.Maker, rates.Taker, withSides: true);
        Rates(json, "specialCommission", 0, 0, withSides: true);
        Rates(json, "taxCommission", 0, 0, withSides: true);
        Discount(json);
        json.WriteEndObject();
    }

    /// <summary>The answer to a test order: empty unless the rates were asked for.</summary>
    public static void ForOrder(Utf8JsonWriter json, CommissionRates rates, bool withRates)
    {
        json.WriteStartObject();
        if (withRates)
        {
            Rates(json, "standardCommissionForOrder", rates.Maker, rates.Taker, withSides: false);
            Rates(json, "specialCommissionForOrder", 0, 0, withSides: false);
            Rates(json, "taxCommissionForOrder", 0, 0, withSides: false);
            Discount(json);
        }

        json.WriteEndObject();
    }

    private static void Rates(Utf8JsonWriter json, string name, long maker, long taker, bool withSides)
    {
        json.WriteStartObject(name);
        json.WriteString("maker", Amount.Format(maker));
        json.WriteString("taker", Amount.Format(taker));
        if (withSides)
        {
            json.WriteString("buyer", Amount.Format(0));
            json.WriteString("seller", Amount.Format(0));
        }

        json.WriteEndObject();
    }

    private static void Discount(Utf8JsonWriter json)
    {
        json.WriteStartObject("discount");
        json.WriteBoolean("enabledForAccount", false);
        json.WriteBoolean("enabledForSymbol", false);
        json.WriteString("discountAsset", "BNB");
        json.WriteString("discount", Amount.Format(Amount.One));
        json.WriteEndObject();
    }
}
