using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>
/// What changes orders. Each call reads, acts and writes its answer in one turn of the exchange, so that the
/// answer shows the order as this call left it.
/// </summary>
internal sealed class TradingCalls(SpotExchange exchange)
{
    public IEnumerable<ApiCall> All() =>
    [
        new("POST", "/api/v3/order", "order.place", CallSecurity.SignedTrade, _ => 1, Place)
        {
            ChangesOrders = true,
        },
        new("POST", "/api/v3/order/test", "order.test", CallSecurity.SignedTrade, TestWeight, Test),
        new("DELETE", "/api/v3/order", "order.cancel", CallSecurity.SignedTrade, _ => 1, Cancel)
        {
            ChangesOrders = true,
        },
        new(
            "DELETE", "/api/v3/openOrders", "openOrders.cancelAll", CallSecurity.SignedTrade, _ =>
                1, CancelAll)
        {
            ChangesOrders = true,
        },
    ];

    private static int TestWeight(RequestParameters parameters) => AsksCommission(parameters) ? 20 : 1;

    private static bool AsksCommission(RequestParameters parameters) =>
        parameters["computeCommissionRates"] is "true" or "TRUE";

    private ApiAnswer Place(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        (NewOrder? order, ResponseType responseType, ApiError? error) = NewOrderReader.Read(request, state);
        if (error is not null || order is null)
        {
            return error ?? ApiError.BadCombination;
        }

        PlaceResult result = exchange.Place(order);
        return result.Order is { } placed
            ? ApiAnswer.Of(json => OrderJson.Placed(json, placed, responseType))
            : ApiRefusals.ToError(result.Refusal, request.Caller.OrderCount.Limits);
    });

    private ApiAnswer Test(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        (NewOrder? order, _, ApiError? error) = NewOrderReader.Read(request, state);
        if (error is not null || order is null)
        {
            return error ?? ApiError.BadCombination;
        }

        RefusalReason refusal = exchange.Test(order);
        return refusal == RefusalReason.None
            ? ApiAnswer.Of(json => CommissionJson.ForOrder(
                json, exchange.Commission, AsksCommission(request.Parameters)))
            : ApiRefusals.ToError(refusal, request.Caller.OrderCount.Limits);
    });

    private ApiAnswer Cancel(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        (CancelOrder? cancel, ApiError? error) = CancelReader.Read(request, state, "orderId", "origClientOrderId");
        if (error is not null || cancel is null)
        {
            return error ?? ApiError.UnknownOrder;
        }

        CancelResult result = exchange.Core.Cancel(cancel);
        return result.Order is { } canceled
            ? ApiAnswer.Of(json => Canceled(json, canceled, result.CancelClientOrderId))
            : ApiRefusals.ToError(result.Refusal, request.Caller.OrderCount.Limits);
    });

    /// <summary>Who cancels one order of a list has canceled the list.</summary>
    private void Canceled(System.Text.Json.Utf8JsonWriter json, ClientOrder order, string cancelClientOrderId)
    {
        if (order.List is { } list)
        {
            OrderListJson.Canceled(json, list, exchange.Core.NowMs(), each => each == order
                ? cancelClientOrderId : $"cancel-{each.OrderId}");
        }
        else
        {
            OrderJson.Canceled(json, order, cancelClientOrderId);
        }
    }

    private ApiAnswer CancelAll(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        IReadOnlyList<CancelResult> canceled = exchange.Core.CancelAll(request.Caller, market);
        if (canceled.Count == 0)
        {
            return ApiError.UnknownOrder;
        }

        HashSet<OrderList> lists = [];
        return ApiAnswer.Of(json =>
        {
            json.WriteStartArray();
            foreach (CancelResult result in canceled)
            {
                if (result.Order is { } order && (order.List is null || lists.Add(order.List)))
                {
                    Canceled(json, order, result.CancelClientOrderId);
                }
            }

            json.WriteEndArray();
        });
    });
}
