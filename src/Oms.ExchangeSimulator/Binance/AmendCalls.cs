using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Orders made smaller in place, and what was ever changed of them so.</summary>
internal sealed class AmendCalls(SpotExchange exchange)
{
    private const int RowsDefault = 500;
    private const int RowsMax = 1_000;

    public IEnumerable<ApiCall> All() =>
    [
        new("PUT", "/api/v3/order/amend/keepPriority", "order.amend.keepPriority", CallSecurity.SignedTrade,
            _ => 4, Amend)
        {
            AmendsOrders = true,
        },
        new("GET", "/api/v3/order/amendments", "order.amendments", CallSecurity.Signed, _ => 4, Amendments),
    ];

    private ApiAnswer Amend(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        long? orderId = reader.OptionalInteger("orderId");
        string? clientOrderId = reader.OptionalClientOrderId("origClientOrderId");
        string? newClientOrderId = reader.OptionalClientOrderId("newClientOrderId");
        long quantity = reader.RequiredAmount("newQty");
        if (!reader.Has("orderId") && !reader.Has("origClientOrderId"))
        {
            reader.Fail(ApiError.MissingEither("origClientOrderId", "orderId"));
        }

        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        ReduceResult result = exchange.Amendments.Reduce(
            new ReduceOrder(request.Caller, market, orderId, clientOrderId, newClientOrderId, quantity));
        return result is { Order: { } order, Reduction: { } reduction }
            ? ApiAnswer.Of(json => OrderJson.Amended(json, order, reduction))
            : ApiRefusals.ToError(result.Refusal, request.Caller.OrderCount.Limits);
    });

    private ApiAnswer Amendments(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        reader.Require("orderId");
        long orderId = reader.OptionalInteger("orderId") ?? 0;
        long fromId = reader.OptionalInteger("fromExecutionId") ?? 0;
        int limit = (int)Math.Clamp(reader.OptionalInteger("limit") ?? RowsDefault, 1, RowsMax);
        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        ClientOrder? order = request.Caller.FindOrder(orderId);
        IEnumerable<QuantityReduction> reductions = order?.Market == market
            ? order.Reductions.Where(each => each.ExecutionId >= fromId).Take(limit)
            : [];
        return ApiAnswer.Of(json =>
        {
            json.WriteStartArray();
            foreach (QuantityReduction reduction in reductions)
            {
                Write(json, market, orderId, reduction);
            }

            json.WriteEndArray();
        });
    });

    private static void Write(Utf8JsonWriter json, Market market, long orderId, QuantityReduction reduction)
    {
        json.WriteStartObject();
        json.WriteString("symbol", market.Symbol.Name);
        json.WriteNumber("orderId", orderId);
        json.WriteNumber("executionId", reduction.ExecutionId);
        json.WriteString("origClientOrderId", reduction.OldClientOrderId);
        json.WriteString("newClientOrderId", reduction.NewClientOrderId);
        json.WriteString("origQty", Amount.Format(reduction.OldQuantity));
        json.WriteString("newQty", Amount.Format(reduction.NewQuantity));
        json.WriteNumber("time", reduction.TimeMs);
        json.WriteEndObject();
    }
}
