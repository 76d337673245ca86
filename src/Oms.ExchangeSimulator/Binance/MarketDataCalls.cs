using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Judge;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>What anybody may ask.</summary>
internal sealed class MarketDataCalls(ExchangeCore exchange, RateLimitSettings limits, ClockSkew skew)
{
    private const int DepthDefault = 100;
    private const int DepthMax = 5_000;
    private const int TradesDefault = 500;
    private const int TradesMax = 1_000;

    public IEnumerable<ApiCall> All() =>
    [
        new("GET", "/api/v3/ping", "ping", CallSecurity.Public, _ => 1, _ => Empty()),
        new("GET", "/api/v3/time", "time", CallSecurity.Public, _ => 1, _ => Time()),
        new("GET", "/api/v3/exchangeInfo", "exchangeInfo", CallSecurity.Public, _ => 20, ExchangeInformation),
        new("GET", "/api/v3/depth", "depth", CallSecurity.Public, DepthWeight, Depth),
        new("GET", "/api/v3/trades", "trades.recent", CallSecurity.Public, _ => 25, Trades),
        new("GET", "/api/v3/ticker/bookTicker", "ticker.book", CallSecurity.Public, TickerWeight, BookTicker),
        new("GET", "/api/v3/ticker/price", "ticker.price", CallSecurity.Public, TickerWeight, PriceTicker),
    ];

    private static ApiAnswer Empty() => ApiAnswer.Of(json =>
    {
        json.WriteStartObject();
        json.WriteEndObject();
    });

    private static int TickerWeight(RequestParameters parameters) => parameters["symbol"] is null ? 4 : 2;

    private static int DepthWeight(RequestParameters parameters) =>
        int.TryParse(parameters["limit"], out int limit)
            ? limit switch { <= 100 => 5, <= 500 => 25, <= 1_000 => 50, _ => 250 }
            : 5;

    private ApiAnswer Time() => ApiAnswer.Of(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("serverTime", skew.Of(exchange.NowMs()));
        json.WriteEndObject();
    });

    private ApiAnswer ExchangeInformation(ApiRequest request) => exchange.Read(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? only = reader.OptionalMarket();
        if (reader.Error is { } error)
        {
            return error;
        }

        string[] named = request.Parameters["symbols"] is { Length: > 0 } list
            ? list.Split(['[', ']', '"', ','], StringSplitOptions.RemoveEmptyEntries)
            : [];
        if (named.Any(name => !state.TryGetMarket(name, out _)))
        {
            return ApiError.UnknownSymbol;
        }

        IEnumerable<Market> markets = only is not null ? [only] : state.Markets;
        return ApiAnswer.Of(json => ExchangeInformationJson.Write(
            json,
            skew.Of(exchange.NowMs()),
            limits,
            markets.Where(market => named.Length == 0 || named.Contains(market.Symbol.Name))));
    });

    private ApiAnswer Depth(ApiRequest request) => exchange.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        long limit = Math.Min(reader.OptionalInteger("limit") ?? DepthDefault, DepthMax);
        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        return ApiAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("lastUpdateId", market.UpdateId);
            EventJson.Levels(json, "bids", Levels(market.Book, BookSide.Bid, (int)limit));
            EventJson.Levels(json, "asks", Levels(market.Book, BookSide.Ask, (int)limit));
            json.WriteEndObject();
        });
    });

    public static BookLevel[] Levels(OrderBook book, BookSide side, int limit)
    {
        BookLevel[] levels = new BookLevel[Math.Min(limit, book.LevelCount(side))];
        _ = book.CopyLevels(side, levels);
        return levels;
    }

    private ApiAnswer Trades(ApiRequest request) => exchange.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        long limit = Math.Min(reader.OptionalInteger("limit") ?? TradesDefault, TradesMax);
        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        return ApiAnswer.Of(json =>
        {
            json.WriteStartArray();
            foreach (PublicTrade trade in market.PublicTrades.TakeLast((int)limit))
            {
                WriteTrade(json, trade);
            }

            json.WriteEndArray();
        });
    });

    private static void WriteTrade(Utf8JsonWriter json, in PublicTrade trade)
    {
        json.WriteStartObject();
        json.WriteNumber("id", trade.TradeId);
        json.WriteString("price", Amount.Format(trade.Price));
        json.WriteString("qty", Amount.Format(trade.Quantity));
        json.WriteString("quoteQty", Amount.Format(Amount.NotionalOf(trade.Price, trade.Quantity)));
        json.WriteNumber("time", trade.TimeMs);
        json.WriteBoolean("isBuyerMaker", trade.IsBuyerMaker);
        json.WriteBoolean("isBestMatch", true);
        json.WriteEndObject();
    }

    private ApiAnswer BookTicker(ApiRequest request) => PerMarket(request, (json, market) =>
    {
        _ = market.Book.TryGetBest(BookSide.Bid, out BookLevel bid);
        _ = market.Book.TryGetBest(BookSide.Ask, out BookLevel ask);
        json.WriteStartObject();
        json.WriteString("symbol", market.Symbol.Name);
        json.WriteString("bidPrice", Amount.Format(bid.Price));
        json.WriteString("bidQty", Amount.Format(bid.Quantity));
        json.WriteString("askPrice", Amount.Format(ask.Price));
        json.WriteString("askQty", Amount.Format(ask.Quantity));
        json.WriteEndObject();
    });

    private ApiAnswer PriceTicker(ApiRequest request) => PerMarket(request, (json, market) =>
    {
        json.WriteStartObject();
        json.WriteString("symbol", market.Symbol.Name);
        json.WriteString("price", Amount.Format(market.LastPrice));
        json.WriteEndObject();
    });

    /// <summary>One object for a named symbol, an array for all.</summary>
    private ApiAnswer PerMarket(ApiRequest request, Action<Utf8JsonWriter, Market> write) =>
        exchange.Read<ApiAnswer>(state =>
        {
            ParameterReader reader = new(request.Parameters, state);
            Market? only = reader.OptionalMarket();
            if (reader.Error is { } error)
            {
                return error;
            }

            return ApiAnswer.Of(json =>
            {
                if (only is not null)
                {
                    write(json, only);
                    return;
                }

                json.WriteStartArray();
                foreach (Market market in state.Markets)
                {
                    write(json, market);
                }

                json.WriteEndArray();
            });
        });
}
