using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Lists of orders: OCO, OTO and OTOCO; to cancel them and to ask for them.</summary>
internal sealed class OrderListCalls(SpotExchange exchange)
{
    private const int RowsDefault = 500;
    private const int RowsMax = 1_000;

    public IEnumerable<ApiCall> All() =>
    [
        Placing("oco", OrderListReader.ReadPair),
        Placing("oto", (reader, caller) => OrderListReader.ReadWaiting(reader, caller, isPair: false)),
        Placing("otoco", (reader, caller) => OrderListReader.ReadWaiting(reader, caller, isPair: true)),
        new("DELETE", "/api/v3/orderList", "orderList.cancel", CallSecurity.SignedTrade, _ => 1, Cancel)
        {
            ChangesOrders = true,
        },
        new("GET", "/api/v3/orderList", "orderList.status", CallSecurity.Signed, _ => 4, Query),
        new("GET", "/api/v3/allOrderList", "allOrderLists", CallSecurity.Signed, _ => 20, QueryAll),
        new("GET", "/api/v3/openOrderList", "openOrderLists.status", CallSecurity.Signed, _ => 6, QueryOpen),
    ];

    private ApiCall Placing(string kind, Func<ParameterReader, Account, NewOrderList?> read) => new(
        "POST", $"/api/v3/orderList/{kind}", $"orderList.place.{kind}", CallSecurity.SignedTrade, _ => 1,
        request => Place(request, read))
    {
        ChangesOrders = true,
    };

    private ApiAnswer Place(ApiRequest request, Func<ParameterReader, Account, NewOrderList?> read) =>
        exchange.Core.Read<ApiAnswer>(state =>
        {
            ParameterReader reader = new(request.Parameters, state);
            NewOrderList? asked = read(reader, request.Caller);
            ResponseType responseType = NewOrderReader.ReadResponseType(reader) ?? ResponseType.Result;
            if (reader.Error is not null || asked is null)
            {
                return reader.Error ?? ApiError.UnknownSymbol;
            }

            PlaceListResult result = exchange.Lists.Place(asked);
            return result.List is { } list
                ? ApiAnswer.Of(json => OrderListJson.Placed(json, list, responseType))
                : ApiRefusals.ToError(result.Refusal, request.Caller.OrderCount.Limits);
        });

    private ApiAnswer Cancel(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        long? orderListId = reader.OptionalInteger("orderListId");
        string? listId = reader.OptionalClientOrderId("listClientOrderId");
        string? cancelId = reader.OptionalClientOrderId("newClientOrderId");
        if (!reader.Has("orderListId") && !reader.Has("listClientOrderId"))
        {
            reader.Fail(ApiError.MissingEither("orderListId", "listClientOrderId"));
        }

        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        OrderList? list = exchange.Lists.Find(request.Caller, orderListId, listId);
        cancelId ??= $"cancel-list-{list?.OrderListId}";
        return list is not null && list.Market == market && exchange.Lists.Cancel(list, cancelId)
            ? ApiAnswer.Of(json => OrderListJson.Canceled(json, list, exchange.Core.NowMs(), _ => cancelId))
            : ApiError.UnknownOrder;
    });

    private ApiAnswer Query(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        long? orderListId = reader.OptionalInteger("orderListId");
        string? listId = reader.OptionalClientOrderId("origClientOrderId");
        if (!reader.Has("orderListId") && !reader.Has("origClientOrderId"))
        {
            reader.Fail(ApiError.MissingEither("orderListId", "origClientOrderId"));
        }

        if (reader.Error is { } error)
        {
            return error;
        }

        return exchange.Lists.Find(request.Caller, orderListId, listId) is { } list
            ? ApiAnswer.Of(json => OrderListJson.Queried(json, list))
            : ApiError.OrderListDoesNotExist;
    });

    private ApiAnswer QueryAll(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        long? fromId = reader.OptionalInteger("fromId");
        long? startMs = reader.OptionalInteger("startTime");
        long? endMs = reader.OptionalInteger("endTime");
        int limit = (int)Math.Clamp(reader.OptionalInteger("limit") ?? RowsDefault, 1, RowsMax);
        if (fromId is not null && (startMs is not null || endMs is not null))
        {
            reader.Fail(ApiError.BadCombination);
        }

        if (reader.Error is { } error)
        {
            return error;
        }

        IEnumerable<OrderList> lists = Of(request.Caller, state).Where(list =>
            list.OrderListId >= (fromId ?? 0) && list.CreatedMs >= (startMs ?? 0)
            && list.CreatedMs <= (endMs ?? long.MaxValue));
        bool isForward = fromId is not null || startMs is not null;
        return OrderListJson.Array(isForward ? lists.Take(limit) : lists.TakeLast(limit));
    });

    private ApiAnswer QueryOpen(ApiRequest request) => exchange.Core.Read(state =>
        OrderListJson.Array(Of(request.Caller, state).Where(list => list.IsOpen)));

    private static IEnumerable<OrderList> Of(Account account, ExchangeState state) =>
        state.Lists.Values.Where(list => list.Account == account);
}
