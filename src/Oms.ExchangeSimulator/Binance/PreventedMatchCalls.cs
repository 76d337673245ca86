using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>What an account would have traded with itself.</summary>
internal sealed class PreventedMatchCalls(SpotExchange exchange)
{
    private const int RowsDefault = 500;
    private const int RowsMax = 1_000;

    /// <summary>An account trades in no group with others: its own orders are its group.</summary>
    public const int NoTradeGroup = -1;

    public IEnumerable<ApiCall> All() =>
    [
        new("GET", "/api/v3/myPreventedMatches", "myPreventedMatches", CallSecurity.Signed, Weight, Matches),
    ];

    private static int Weight(RequestParameters parameters) => parameters["orderId"] is null ? 2 : 20;

    private ApiAnswer Matches(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        long? matchId = reader.OptionalInteger("preventedMatchId");
        long? orderId = reader.OptionalInteger("orderId");
        long fromId = reader.OptionalInteger("fromPreventedMatchId") ?? 0;
        int limit = (int)Math.Clamp(reader.OptionalInteger("limit") ?? RowsDefault, 1, RowsMax);
        if (matchId is null && orderId is null)
        {
            reader.Fail(ApiError.MissingEither("preventedMatchId", "orderId"));
        }

        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        IEnumerable<PreventedMatch> found = state.PreventedMatches.Where(match =>
            match.Account == request.Caller.Name && match.Symbol == market.Symbol.Name && match.MatchId >= fromId
            && (matchId is null || match.MatchId == matchId)
            && (orderId is null || match.TakerOrderId == orderId || match.MakerOrderId == orderId));
        return ApiAnswer.Of(json =>
        {
            json.WriteStartArray();
            foreach (PreventedMatch match in found.Take(limit))
            {
                Write(json, match);
            }

            json.WriteEndArray();
        });
    });

    private static void Write(Utf8JsonWriter json, PreventedMatch match)
    {
        json.WriteStartObject();
        json.WriteString("symbol", match.Symbol);
        json.WriteNumber("preventedMatchId", match.MatchId);
        json.WriteNumber("takerOrderId", match.TakerOrderId);
        json.WriteString("makerSymbol", match.Symbol);
        json.WriteNumber("makerOrderId", match.MakerOrderId);
        json.WriteNumber("tradeGroupId", NoTradeGroup);
        json.WriteString("selfTradePreventionMode", Words.Of(match.Mode));
        json.WriteString("price", Amount.Format(match.Price));
        if (match.TakerQuantity > 0)
        {
            json.WriteString("takerPreventedQuantity", Amount.Format(match.TakerQuantity));
        }

        if (match.MakerQuantity > 0)
        {
            json.WriteString("makerPreventedQuantity", Amount.Format(match.MakerQuantity));
        }

        json.WriteNumber("transactTime", match.TimeMs);
        json.WriteEndObject();
    }
}
