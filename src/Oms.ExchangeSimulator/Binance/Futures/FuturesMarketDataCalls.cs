using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;
using Oms.ExchangeSimulator.Judge;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>What anybody may ask of futures.</summary>
internal sealed class FuturesMarketDataCalls(FuturesExchange exchange, RateLimitSettings limits, ClockSkew skew)
{
    private const int DepthDefault = 500;
    private const int DepthMax = 1_000;

    public IEnumerable<ApiCall> All() =>
    [
        FuturesCall.Public("/fapi/v1/ping", _ => 1, _ => Empty()),
        FuturesCall.Public("/fapi/v1/time", _ => 1, _ => Time()),
        FuturesCall.Public("/fapi/v1/exchangeInfo", _ => 1, ExchangeInformation),
        FuturesCall.Public("/fapi/v1/depth", DepthWeight, Depth),
        FuturesCall.Public("/fapi/v1/ticker/bookTicker", _ => 2, BookTicker),
        FuturesCall.Public("/fapi/v1/ticker/price", _ => 1, PriceTicker),
        FuturesCall.Public("/fapi/v1/premiumIndex", _ => 1, PremiumIndex),
        FuturesCall.Public("/fapi/v1/fundingInfo", _ => 1, _ => FuturesCall.Array<FuturesMarket>([], (_, _) => { })),
    ];

    private static ApiAnswer Empty() => ApiAnswer.Of(json =>
    {
        json.WriteStartObject();
        json.WriteEndObject();
    });

    private static int DepthWeight(RequestParameters parameters) =>
        int.TryParse(parameters["limit"], out int limit)
            ? limit switch { <= 50 => 2, <= 100 => 5, <= 500 => 10, _ => 20 }
            : 10;

    private ApiAnswer Time() => ApiAnswer.Of(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("serverTime", skew.Of(exchange.Core.NowMs()));
        json.WriteEndObject();
    });

    private ApiAnswer ExchangeInformation(ApiRequest request) => exchange.Core.Read(_ => ApiAnswer.Of(
        json => FuturesInformationJson.Write(
            json, skew.Of(exchange.Core.NowMs()), limits, exchange.State.Markets)));

    private ApiAnswer Depth(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        long limit = reader.OptionalInteger("limit") ?? DepthDefault;
        if (limit > DepthMax)
        {
            reader.Fail(ApiError.BadValue("limit"));
        }

        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        long nowMs = exchange.Core.NowMs();
        return ApiAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("lastUpdateId", market.UpdateId);
            json.WriteNumber("E", nowMs);
            json.WriteNumber("T", nowMs);
            EventJson.Levels(json, "bids", MarketDataCalls.Levels(market.Book, BookSide.Bid, (int)limit));
            EventJson.Levels(json, "asks", MarketDataCalls.Levels(market.Book, BookSide.Ask, (int)limit));
            json.WriteEndObject();
        });
    });

    private ApiAnswer BookTicker(ApiRequest request) => PerMarket(request, (json, market) =>
    {
        _ = market.Market.Book.TryGetBest(BookSide.Bid, out BookLevel bid);
        _ = market.Market.Book.TryGetBest(BookSide.Ask, out BookLevel ask);
        json.WriteStartObject();
        json.WriteString("symbol", market.Symbol.Listed.Name);
        json.WriteString("bidPrice", Amount.Format(bid.Price));
        json.WriteString("bidQty", Amount.Format(bid.Quantity));
        json.WriteString("askPrice", Amount.Format(ask.Price));
        json.WriteString("askQty", Amount.Format(ask.Quantity));
        json.WriteNumber("time", exchange.Core.NowMs());
        json.WriteEndObject();
    });

    private ApiAnswer PriceTicker(ApiRequest request) => PerMarket(request, (json, market) =>
    {
        json.WriteStartObject();
        json.WriteString("symbol", market.Symbol.Listed.Name);
        json.WriteString("price", Amount.Format(market.Market.LastPrice));
        json.WriteNumber("time", exchange.Core.NowMs());
        json.WriteEndObject();
    });

    private ApiAnswer PremiumIndex(ApiRequest request) => PerMarket(request, (json, market) =>
    {
        long nowMs = exchange.Core.NowMs();
        json.WriteStartObject();
        json.WriteString("symbol", market.Symbol.Listed.Name);
        json.WriteString("markPrice", Amount.Format(market.MarkPrice));
        json.WriteString("indexPrice", Amount.Format(market.IndexPrice));
        json.WriteString("estimatedSettlePrice", Amount.Format(market.IndexPrice));
        json.WriteString("lastFundingRate", Amount.Format(market.FundingRate));
        json.WriteString("interestRate", Amount.Format(FuturesMarket.InterestRate));
        json.WriteNumber("nextFundingTime", FuturesClock.NextFundingMs(nowMs));
        json.WriteNumber("time", nowMs);
        json.WriteEndObject();
    });

    /// <summary>One object for a named symbol, an array for all.</summary>
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
