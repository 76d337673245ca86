using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>Conditional orders: they have calls, ids and answers of their own.</summary>
internal sealed class AlgoCalls(FuturesExchange exchange)
{
    private const string Path = "/fapi/v1/algoOrder";

    public IEnumerable<ApiCall> All() =>
    [
        FuturesTradingCalls.Changing("POST", Path, 0, Place),
        FuturesTradingCalls.Changing("DELETE", Path, 1, Cancel),
        FuturesTradingCalls.Changing("DELETE", "/fapi/v1/algoOpenOrders", 1, CancelAll),
        FuturesCall.Signed("GET", Path, _ => 1, Query),
        FuturesCall.Signed(
            "GET", "/fapi/v1/openAlgoOrders", OpenWeight, request => List(request, order => order.IsOpen)),
        FuturesCall.Signed("GET", "/fapi/v1/allAlgoOrders", _ => 5, request => List(request, _ => true)),
    ];

    private static int OpenWeight(RequestParameters parameters) => parameters["symbol"] is null ? 40 : 1;

    private Account AccountOf(ApiRequest request) => exchange.State.OfClient(request.Caller).Account;

    private ApiAnswer Place(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        (AlgoOrder? order, ApiError? error) = Read(request, state);
        if (error is not null || order is null)
        {
            return error ?? ApiError.BadCombination;
        }

        AlgoResult result = exchange.Algos.Place(order);
        return result.Order is { } placed
            ? ApiAnswer.Of(json => AlgoJson.Placed(json, placed))
            : FuturesErrors.Of(result.Refusal, null, AccountOf(request).OrderCount.Limits);
    });

    private (AlgoOrder? Order, ApiError? Error) Read(ApiRequest request, ExchangeState state)
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        OrderSide side = reader.Word("side", Words.Sides, ApiError.UnknownSide);
        AlgoType type = reader.Word("type", AlgoWords.Types, ApiError.UnknownOrderType);
        bool closesPosition = request.Parameters["closePosition"] is "true" or "TRUE";
        bool isTrailing = type == AlgoType.TrailingStopMarket;
        bool isLimit = type is AlgoType.Stop or AlgoType.TakeProfit;
        if (request.Parameters["algoType"] != "CONDITIONAL")
        {
            reader.Fail(ApiError.BadValue("algoType"));
        }

        if (closesPosition && reader.Has("quantity"))
        {
            reader.Fail(FuturesErrors.QuantityWithClosePosition);
        }

        long quantity = closesPosition ? 0 : reader.RequiredAmount("quantity");
        long trigger = isTrailing ? 0 : reader.RequiredAmount("triggerPrice");
        long price = isLimit ? reader.RequiredAmount("price") : 0;
        long rate = isTrailing ? reader.RequiredAmount("callbackRate") : 0;
        long activate = isTrailing ? reader.OptionalAmount("activatePrice") : 0;
        TimeInForce timeInForce = reader.OptionalWord(
            "timeInForce", FuturesWords.TimesInForce, ApiError.UnknownTimeInForce) ?? TimeInForce.GoodTillCanceled;
        PositionSide position = reader.OptionalWord(
            "positionSide", FuturesWords.PositionSides, ApiError.BadValue("positionSide")) ?? PositionSide.Both;
        string? clientAlgoId = reader.OptionalFuturesClientOrderId("clientAlgoId");
        if (reader.Error is not null || market is null)
        {
            return (null, reader.Error ?? ApiError.UnknownSymbol);
        }

        long nowMs = exchange.Core.NowMs();
        return (new AlgoOrder(
            AccountOf(request).Name, market.Symbol.Name, 0, clientAlgoId ?? $"exchange-algo-{nowMs}", side, position,
            type, timeInForce, quantity, price, trigger, request.Parameters["workingType"] == "MARK_PRICE",
            closesPosition, request.Parameters["reduceOnly"] is "true" or "TRUE", activate, rate, nowMs), null);
    }

    private (AlgoOrder? Order, ApiError? Error) Find(ApiRequest request, ExchangeState state)
    {
        ParameterReader reader = new(request.Parameters, state);
        long? algoId = reader.OptionalInteger("algoId");
        string? clientAlgoId = reader.OptionalFuturesClientOrderId("clientAlgoId");
        if (!reader.Has("algoId") && !reader.Has("clientAlgoId"))
        {
            reader.Fail(ApiError.MissingEither("algoId", "clientAlgoId"));
        }

        return reader.Error is { } error
            ? (null, error)
            : (exchange.Algos.Find(AccountOf(request), algoId, clientAlgoId), null);
    }

    private ApiAnswer Query(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        (AlgoOrder? order, ApiError? error) = Find(request, state);
        return order is null
            ? error ?? ApiError.OrderDoesNotExist
            : ApiAnswer.Of(json => AlgoJson.Queried(json, order, state.FindOrder(order.ActualOrderId)));
    });

    private ApiAnswer Cancel(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        (AlgoOrder? order, ApiError? error) = Find(request, state);
        return order is { IsOpen: true } && exchange.Algos.Cancel(order)
            ? ApiAnswer.Of(json => AlgoJson.Canceled(json, order))
            : error ?? ApiError.UnknownOrder;
    });

    private ApiAnswer CancelAll(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        foreach (AlgoOrder order in exchange.Algos.Of(AccountOf(request))
            .Where(order => order.IsOpen && order.Symbol == market.Symbol.Name).ToList())
        {
            _ = exchange.Algos.Cancel(order);
        }

        return FuturesCall.Done("The operation of cancel all open order is done.");
    });

    private ApiAnswer List(ApiRequest request, Func<AlgoOrder, bool> isWanted) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? only = reader.OptionalMarket();
        return reader.Error is { } error
            ? error
            : FuturesCall.Array(
                exchange.Algos.Of(AccountOf(request)).Where(order =>
                    isWanted(order) && (only is null || order.Symbol == only.Symbol.Name)),
                (json, order) => AlgoJson.Listed(json, order, state.FindOrder(order.ActualOrderId)));
    });
}
