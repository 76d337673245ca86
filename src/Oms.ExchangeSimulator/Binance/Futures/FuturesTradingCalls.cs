using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>
/// What changes orders of futures. Each call reads, acts and writes its answer in one turn of the exchange, so that
/// the answer shows the order as this call left it.
/// </summary>
internal sealed class FuturesTradingCalls(FuturesExchange exchange)
{
    public const string OrderPath = "/fapi/v1/order";

    private const long GoodTillAheadMinMs = 600_000;

    private static readonly string[] AlgoTypes =
        ["STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET"];

    public IEnumerable<ApiCall> All() =>
    [
        Changing("POST", OrderPath, 0, Place) with { SocketMethod = "order.place" },
        Changing("PUT", OrderPath, 1, Modify) with { SocketMethod = "order.modify" },
        Changing("DELETE", OrderPath, 1, Cancel) with { SocketMethod = "order.cancel" },
        Changing("DELETE", "/fapi/v1/allOpenOrders", 1, CancelAll),
        FuturesCall.Signed("POST", "/fapi/v1/countdownCancelAll", _ => 10, CountDown) with
        {
            Security = CallSecurity.SignedTrade,
        },
        FuturesCall.Signed("POST", "/fapi/v1/order/test", _ => 1, Test) with { Security = CallSecurity.SignedTrade },
    ];

    public static ApiCall Changing(string verb, string path, int weight, Func<ApiRequest, ApiAnswer> answer) =>
        FuturesCall.Signed(verb, path, _ => weight, answer) with
        {
            Security = CallSecurity.SignedTrade, ChangesOrders = true,
        };

    public ApiAnswer Place(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        (NewOrder? order, bool isAcknowledgement, ApiError? error) = Read(request, state);
        if (error is not null || order is null)
        {
            return error ?? ApiError.BadCombination;
        }

        FuturesResult result = exchange.Place(order);
        return result.Order is { } placed
            ? ApiAnswer.Of(json => FuturesOrderJson.Placed(json, placed, isAcknowledgement))
            : FuturesErrors.Of(result.Refusal, order, order.Account.OrderCount.Limits);
    });

    public ApiAnswer Modify(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        (long? orderId, string? clientOrderId) = ReadIds(reader);
        OrderSide side = reader.Word("side", Words.Sides, ApiError.UnknownSide);
        long quantity = reader.RequiredAmount("quantity");
        long price = reader.RequiredAmount("price");
        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        Account account = exchange.State.OfClient(request.Caller).Account;
        FuturesResult result = exchange.Modify(account, market, orderId, clientOrderId, side, price, quantity);
        return result.Order is { } modified
            ? ApiAnswer.Of(json => FuturesOrderJson.Modified(json, modified))
            : FuturesErrors.Of(result.Refusal, null, account.OrderCount.Limits);
    });

    public ApiAnswer Cancel(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        (long? orderId, string? clientOrderId) = ReadIds(reader);
        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        Account account = exchange.State.OfClient(request.Caller).Account;
        // Of two ids the exchange's own decides.
        CancelResult result = exchange.Core.Cancel(new CancelOrder(
            account, market, orderId, orderId is null ? clientOrderId : null, null, CancelRestriction.None));
        return result.Order is { } canceled
            ? ApiAnswer.Of(json => FuturesOrderJson.Placed(json, canceled, isAcknowledgement: false))
            : ApiError.UnknownOrder;
    });

    private static (long? OrderId, string? ClientOrderId) ReadIds(ParameterReader reader)
    {
        long? orderId = reader.OptionalInteger("orderId");
        string? clientOrderId = reader.OptionalFuturesClientOrderId("origClientOrderId");
        if (!reader.Has("orderId") && !reader.Has("origClientOrderId"))
        {
            reader.Fail(ApiError.MissingEither("origClientOrderId", "orderId"));
        }

        return (orderId, clientOrderId);
    }

    private ApiAnswer Test(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        (NewOrder? order, _, ApiError? error) = Read(request, state);
        if (error is not null || order is null)
        {
            return error ?? ApiError.BadCombination;
        }

        FuturesRefusal refusal = exchange.Test(order);
        return refusal == FuturesRefusal.None
            ? ApiAnswer.Of(json => FuturesOrderJson.Placed(
                json, order.Accepted(state.LastOrderId + 1, exchange.Core.NowMs()), isAcknowledgement: true))
            : FuturesErrors.Of(refusal, order, order.Account.OrderCount.Limits);
    });

    private ApiAnswer CancelAll(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        _ = exchange.Core.CancelAll(exchange.State.OfClient(request.Caller).Account, market);
        return FuturesCall.Done("The operation of cancel all open order is done.");
    });

    /// <summary>Conditional orders are not among what it cancels.</summary>
    private ApiAnswer CountDown(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        reader.Require("countdownTime");
        long countdownMs = reader.OptionalInteger("countdownTime") ?? 0;
        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        exchange.State.OfClient(request.Caller).CountDown(
            market, countdownMs == 0 ? 0 : exchange.Core.NowMs() + countdownMs);
        return ApiAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("symbol", market.Symbol.Name);
            json.WriteString("countdownTime", $"{countdownMs}");
            json.WriteEndObject();
        });
    });

    private (NewOrder? Order, bool IsAcknowledgement, ApiError? Error) Read(ApiRequest request, ExchangeState state)
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        OrderSide side = reader.Word("side", Words.Sides, ApiError.UnknownSide);
        if (AlgoTypes.Contains(request.Parameters["type"] ?? "", StringComparer.Ordinal))
        {
            reader.Fail(FuturesErrors.UseAlgoEndpoint);
        }

        OrderType type = reader.Word("type", FuturesWords.Types, ApiError.UnknownOrderType);
        string timeInForceText = request.Parameters["timeInForce"] ?? "";
        TimeInForce timeInForce = type == OrderType.Market
            ? TimeInForce.GoodTillCanceled
            : reader.Word("timeInForce", FuturesWords.TimesInForce, ApiError.UnknownTimeInForce);
        type = type == OrderType.Limit && timeInForceText == FuturesWords.PostOnly ? OrderType.LimitMaker : type;
        PositionSide positionSide = reader.OptionalWord(
            "positionSide", FuturesWords.PositionSides, ApiError.BadValue("positionSide")) ?? PositionSide.Both;
        long quantity = reader.RequiredAmount("quantity");
        long price = type == OrderType.Market ? 0 : reader.RequiredAmount("price");
        if (type == OrderType.Market)
        {
            reader.Refuse("price");
            reader.Refuse("timeInForce");
        }

        if (request.Parameters["priceMatch"] is { Length: > 0 } and not "NONE")
        {
            reader.Fail(ApiError.BadCombination);
        }

        long goodTillMs = ReadGoodTill(reader, timeInForceText == FuturesWords.GoodTillDate);
        string? clientOrderId = reader.OptionalFuturesClientOrderId("newClientOrderId");
        ResponseType response = reader.OptionalWord(
            "newOrderRespType", Words.ResponseTypes, ApiError.BadValue("newOrderRespType")) ?? ResponseType.Ack;
        SelfTradePrevention prevention = reader.OptionalWord(
            "selfTradePreventionMode", FuturesWords.SelfTradePreventions, ApiError.SelfTradePreventionNotAllowed)
            ?? SelfTradePrevention.ExpireMaker;
        if (reader.Error is not null || market is null)
        {
            return (null, false, reader.Error ?? ApiError.UnknownSymbol);
        }

        bool isReduceOnly = request.Parameters["reduceOnly"] is "true" or "TRUE";
        NewOrder order = new(
            exchange.State.OfClient(request.Caller).Account, market, clientOrderId, side, type, timeInForce, price,
            quantity, 0, prevention)
        {
            Futures = new FuturesTerms(positionSide, isReduceOnly, goodTillMs, FuturesOrderOrigin.Client),
        };
        return (order, response == ResponseType.Ack, null);
    }

    private long ReadGoodTill(ParameterReader reader, bool isDated)
    {
        long till = reader.OptionalInteger("goodTillDate") ?? 0;
        if (!isDated)
        {
            return 0;
        }

        if (till <= exchange.Core.NowMs() + GoodTillAheadMinMs)
        {
            reader.Fail(FuturesErrors.BadGoodTillDate);
        }

        return till;
    }
}
