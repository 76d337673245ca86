using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>
/// What clients ask before they trade: what their key may do, the assets there are, and what is had of margin and
/// coin-margined futures, which is nothing.
/// </summary>
internal sealed class CatalogueCalls(ExchangeCore exchange, RateLimitSettings limits)
{
    public IEnumerable<ApiCall> All() =>
    [
        new("GET", "/sapi/v1/account/apiRestrictions", null, CallSecurity.Signed, _ => 1, Restrictions),
        new("GET", "/sapi/v1/capital/config/getall", null, CallSecurity.Signed, _ => 10, Assets),
        new("GET", "/sapi/v1/margin/allPairs", null, CallSecurity.Keyed, _ => 1, _ => None()),
        new("GET", "/sapi/v1/margin/isolated/allPairs", null, CallSecurity.Keyed, _ => 1, _ => None()),
        new("GET", "/dapi/v1/exchangeInfo", null, CallSecurity.Public, _ => 1, _ => ApiAnswer.Of(json =>
            ExchangeInformationJson.Write(json, exchange.NowMs(), limits, []))),
    ];

    private static ApiAnswer Restrictions(ApiRequest request) => ApiAnswer.Of(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("ipRestrict", request.Key?.IsBoundToAddresses ?? false);
        json.WriteNumber("createTime", 0);
        json.WriteBoolean("enableReading", true);
        json.WriteBoolean("enableWithdrawals", request.Key?.May("WITHDRAWALS") ?? false);
        json.WriteBoolean("enableInternalTransfer", request.Caller.Main is null);
        json.WriteBoolean("enableMargin", false);
        json.WriteBoolean("enableFutures", request.Key?.May("FUTURES") ?? false);
        json.WriteBoolean("permitsUniversalTransfer", true);
        json.WriteBoolean("enableVanillaOptions", false);
        json.WriteBoolean("enableFixApiTrade", false);
        json.WriteBoolean("enableFixReadOnly", false);
        json.WriteBoolean("enableSpotAndMarginTrading", request.Key?.May("SPOT") ?? false);
        json.WriteBoolean("enablePortfolioMarginTrading", false);
        json.WriteEndObject();
    });

    private static ApiAnswer None() => ApiAnswer.Of(json =>
    {
        json.WriteStartArray();
        json.WriteEndArray();
    });

    private ApiAnswer Assets(ApiRequest request) => exchange.Read(state => ApiAnswer.Of(json =>
    {
        IEnumerable<string> traded = state.Markets.SelectMany(
            market => (string[])[market.Symbol.BaseAsset, market.Symbol.QuoteAsset]);
        json.WriteStartArray();
        foreach (string asset in traded.Union(request.Caller.Balances.Select(balance => balance.Asset)))
        {
            Balance? held = request.Caller.Balances.FirstOrDefault(balance => balance.Asset == asset);
            Asset(json, asset, held?.Free ?? 0, held?.Locked ?? 0);
        }

        json.WriteEndArray();
    }));

    /// <summary>Nothing comes in or goes out by a network.</summary>
    private static void Asset(Utf8JsonWriter json, string asset, long free, long locked)
    {
        json.WriteStartObject();
        json.WriteString("coin", asset);
        json.WriteBoolean("depositAllEnable", false);
        json.WriteBoolean("withdrawAllEnable", false);
        json.WriteString("name", asset);
        json.WriteString("free", Amount.Format(free));
        json.WriteString("locked", Amount.Format(locked));
        foreach (string none in (ReadOnlySpan<string>)["freeze", "withdrawing", "ipoing", "ipoable", "storage"])
        {
            json.WriteString(none, "0");
        }

        json.WriteBoolean("isLegalMoney", false);
        json.WriteBoolean("trading", true);
        json.WriteStartArray("networkList");
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
