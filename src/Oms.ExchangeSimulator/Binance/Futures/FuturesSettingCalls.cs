using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>How an account trades futures: leverage, margin, and one position or two.</summary>
internal sealed class FuturesSettingCalls(FuturesExchange exchange)
{
    private static readonly Dictionary<string, bool> MarginTypes = new(StringComparer.Ordinal)
    {
        ["CROSSED"] = false,
        ["ISOLATED"] = true,
    };

    public IEnumerable<ApiCall> All() =>
    [
        FuturesCall.Signed("POST", "/fapi/v1/leverage", _ => 1, SetLeverage),
        FuturesCall.Signed("POST", "/fapi/v1/marginType", _ => 1, SetMarginType),
        FuturesCall.Signed("GET", "/fapi/v1/positionSide/dual", _ => 30, IsDual),
        FuturesCall.Signed("POST", "/fapi/v1/positionSide/dual", _ => 1, SetDual),
        FuturesCall.Signed("GET", "/fapi/v1/leverageBracket", _ => 1, Brackets),
        FuturesCall.Signed("GET", "/fapi/v1/commissionRate", _ => 20, Commission),
        FuturesCall.Signed("GET", "/fapi/v1/symbolConfig", _ => 5, SymbolConfiguration),
        FuturesCall.Signed("GET", "/fapi/v1/accountConfig", _ => 5, AccountConfiguration),
    ];

    private FuturesAccount AccountOf(ApiRequest request) => exchange.State.OfClient(request.Caller);

    private ApiAnswer SetLeverage(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        reader.Require("leverage");
        long leverage = reader.OptionalInteger("leverage") ?? 0;
        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        FuturesAccount account = AccountOf(request);
        FuturesRefusal refusal = exchange.SetLeverage(account, market, (int)Math.Min(leverage, int.MaxValue));
        return refusal == FuturesRefusal.None
            ? ApiAnswer.Of(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("leverage", leverage);
                json.WriteString("maxNotionalValue", MaxNotionalOf(market, (int)leverage));
                json.WriteString("symbol", market.Symbol.Name);
                json.WriteEndObject();
            })
            : FuturesErrors.Of(refusal, null, account.Account.OrderCount.Limits);
    });

    private string MaxNotionalOf(Market market, int leverage) =>
        FuturesOrderJson.Text(exchange.State.Of(market).Symbol.NotionalMaxAt(leverage));

    private ApiAnswer SetMarginType(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        bool isIsolated = reader.Word("marginType", MarginTypes, ApiError.BadValue("marginType"));
        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        FuturesAccount account = AccountOf(request);
        FuturesRefusal refusal = exchange.SetIsolated(account, market, isIsolated);
        return refusal == FuturesRefusal.None
            ? FuturesCall.Done("success")
            : FuturesErrors.Of(refusal, null, account.Account.OrderCount.Limits);
    });

    private ApiAnswer IsDual(ApiRequest request) => exchange.Core.Read(_ => ApiAnswer.Of(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("dualSidePosition", AccountOf(request).IsHedged);
        json.WriteEndObject();
    }));

    private ApiAnswer SetDual(ApiRequest request) => exchange.Core.Read<ApiAnswer>(_ =>
    {
        if (request.Parameters["dualSidePosition"] is not ("true" or "false") and not ("TRUE" or "FALSE"))
        {
            return ApiError.Missing("dualSidePosition");
        }

        FuturesAccount account = AccountOf(request);
        bool isHedged = request.Parameters["dualSidePosition"] is "true" or "TRUE";
        FuturesRefusal refusal = exchange.SetHedged(account, isHedged);
        return refusal == FuturesRefusal.None
            ? FuturesCall.Done("success")
            : FuturesErrors.Of(refusal, null, account.Account.OrderCount.Limits);
    });

    private ApiAnswer Brackets(ApiRequest request) => PerMarket(request, (json, market) =>
    {
        json.WriteStartObject();
        json.WriteString("symbol", market.Symbol.Listed.Name);
        json.WriteNumber("notionalCoef", 1.0);
        json.WriteStartArray("brackets");
        foreach (LeverageBracket bracket in market.Symbol.Brackets)
        {
            json.WriteStartObject();
            json.WriteNumber("bracket", bracket.Number);
            json.WriteNumber("initialLeverage", bracket.LeverageMax);
            Number(json, "notionalCap", bracket.NotionalCap);
            Number(json, "notionalFloor", bracket.NotionalFloor);
            Number(json, "maintMarginRatio", bracket.MaintenanceRatio);
            Number(json, "cum", bracket.Cumulative);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Number(Utf8JsonWriter json, string name, long amount)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(FuturesOrderJson.Text(amount));
    }

    private ApiAnswer Commission(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        return reader.Error is not null || market is null
            ? reader.Error ?? ApiError.UnknownSymbol
            : ApiAnswer.Of(json =>
            {
                json.WriteStartObject();
                json.WriteString("symbol", market.Symbol.Name);
                json.WriteString("makerCommissionRate", FuturesOrderJson.Text(exchange.Commission.Maker));
                json.WriteString("takerCommissionRate", FuturesOrderJson.Text(exchange.Commission.Taker));
                json.WriteString("rpiCommissionRate", FuturesOrderJson.Text(exchange.Commission.Maker));
                json.WriteEndObject();
            });
    });

    private ApiAnswer SymbolConfiguration(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? only = reader.OptionalMarket();
        FuturesAccount account = AccountOf(request);
        return reader.Error is { } error
            ? error
            : FuturesCall.Array(
                exchange.State.Markets.Where(market => only is null || market.Market == only),
                (json, market) =>
                {
                    int leverage = account.LeverageOf(market.Market);
                    json.WriteStartObject();
                    json.WriteString("symbol", market.Symbol.Listed.Name);
                    json.WriteString(
                        "marginType", account.IsIsolated(market.Market) ? "ISOLATED" : "CROSSED");
                    json.WriteBoolean("isAutoAddMargin", false);
                    json.WriteNumber("leverage", leverage);
                    json.WriteString("maxNotionalValue", MaxNotionalOf(market.Market, leverage));
                    json.WriteEndObject();
                });
    });

    private ApiAnswer AccountConfiguration(ApiRequest request) => exchange.Core.Read(_ => ApiAnswer.Of(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("feeTier", 0);
        json.WriteBoolean("canTrade", request.Key?.May(FuturesCall.Permission) ?? false);
        json.WriteBoolean("canDeposit", true);
        json.WriteBoolean("canWithdraw", true);
        json.WriteBoolean("dualSidePosition", AccountOf(request).IsHedged);
        json.WriteNumber("updateTime", 0);
        json.WriteBoolean("multiAssetsMargin", false);
        json.WriteNumber("tradeGroupId", -1);
        json.WriteEndObject();
    }));

    private ApiAnswer PerMarket(ApiRequest request, Action<Utf8JsonWriter, FuturesMarket> write) =>
        exchange.Core.Read<ApiAnswer>(state =>
        {
            ParameterReader reader = new(request.Parameters, state);
            Market? only = reader.OptionalMarket();
            return reader.Error is { } error
                ? error
                : only is null
                    ? FuturesCall.Array(exchange.State.Markets, write)
                    : ApiAnswer.Of(json => write(json, exchange.State.Of(only)));
        });
}
