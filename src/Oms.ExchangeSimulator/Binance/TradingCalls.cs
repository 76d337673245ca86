using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>
/// What changes orders. Each call reads, acts and writes its answer in one turn of the exchange, so that the
/// answer shows the order as this call left it.
/// </summary>
internal sealed class TradingCalls(SpotExchange exchange)
{
    private static readonly string[] NotTaken =
        ["stopPrice", "trailingDelta", "icebergQty", "pegPriceType", "pegOffsetType", "pegOffsetValue"];

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

    private static (NewOrder? Order, ResponseType ResponseType, ApiError? Error) Read(
        ApiRequest request, ExchangeState state)
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        OrderSide side = reader.Word("side", Words.Sides, ApiError.UnknownSide);
        OrderType type = reader.Word("type", Words.Types, ApiError.UnknownOrderType);
        foreach (string name in NotTaken)
        {
            reader.Refuse(name);
        }

        bool isLimit = type == OrderType.Limit;
        bool isMarket = type == OrderType.Market;
        TimeInForce timeInForce = isLimit
            ? reader.Word("timeInForce", Words.TimesInForce, ApiError.UnknownTimeInForce)
            : TimeInForce.GoodTillCanceled;
        if (!isLimit)
        {
            reader.Refuse("timeInForce");
        }

        (long quantity, long quoteQuantity) = ReadSize(reader, isMarket);
        if (isMarket)
        {
            reader.Refuse("price");
        }

        long price = isMarket ? 0 : reader.RequiredAmount("price");
        string? clientOrderId = reader.OptionalClientOrderId("newClientOrderId");
        ResponseType responseType =
            reader.OptionalWord(
                "newOrderRespType", Words.ResponseTypes, ApiError.BadValue("newOrderRespType"))
            ?? (type == OrderType.LimitMaker ? ResponseType.Ack : ResponseType.Full);
        SelfTradePrevention prevention = reader.OptionalWord(
            "selfTradePreventionMode", Words.SelfTradePreventions, ApiError.SelfTradePreventionNotAllowed)
            ?? SelfTradePrevention.ExpireMaker;
        if (reader.Error is not null || market is null)
        {
            return (null, responseType, reader.Error ?? ApiError.UnknownSymbol);
        }

        NewOrder order = new(
            request.Caller, market, clientOrderId, side, type, timeInForce, price, quantity, quoteQuantity,
            prevention);
        return (order, responseType, null);
    }

    private static (long Quantity, long QuoteQuantity) ReadSize(ParameterReader reader, bool isMarket)
    {
        if (!isMarket)
        {
            reader.Refuse("quoteOrderQty");
            return (reader.RequiredAmount("quantity"), 0);
        }

        bool isBoth = reader.Has("quantity") && reader.Has("quoteOrderQty");
        if (isBoth)
        {
            reader.Fail(ApiError.BadCombination);
        }

        if (!reader.Has("quantity") && !reader.Has("quoteOrderQty"))
        {
            reader.Fail(ApiError.MissingEither("quantity", "quoteOrderQty"));
        }

        return (reader.OptionalAmount("quantity"), reader.OptionalAmount("quoteOrderQty"));
    }

    private ApiAnswer Place(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        (NewOrder? order, ResponseType responseType, ApiError? error) = Read(request, state);
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
        (NewOrder? order, _, ApiError? error) = Read(request, state);
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
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        long? orderId = reader.OptionalInteger("orderId");
        string? clientOrderId = reader.OptionalClientOrderId("origClientOrderId");
        string? cancelId = reader.OptionalClientOrderId("newClientOrderId");
        CancelRestriction restriction = reader.OptionalWord(
            "cancelRestrictions", Words.CancelRestrictions, ApiError.BadCancelRestriction)
            ?? CancelRestriction.None;
        if (!reader.Has("orderId") && !reader.Has("origClientOrderId"))
        {
            reader.Fail(ApiError.MissingEither("origClientOrderId", "orderId"));
        }

        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        CancelResult result = exchange.Core.Cancel(
            new CancelOrder(request.Caller, market, orderId, clientOrderId, cancelId, restriction));
        return result.Order is { } canceled
            ? ApiAnswer.Of(json => OrderJson.Canceled(json, canceled, result.CancelClientOrderId))
            : ApiRefusals.ToError(result.Refusal, request.Caller.OrderCount.Limits);
    });

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

        return ApiAnswer.Of(json =>
        {
            json.WriteStartArray();
            foreach (CancelResult result in canceled)
            {
                if (result.Order is { } order)
                {
                    OrderJson.Canceled(json, order, result.CancelClientOrderId);
                }
            }

            json.WriteEndArray();
        });
    });
}
