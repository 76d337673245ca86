using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Futures;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>What an account may ask about its futures.</summary>
internal sealed class FuturesAccountCalls(FuturesExchange exchange)
{
    private const int RowsDefault = 500;
    private const int RowsMax = 1_000;

    public IEnumerable<ApiCall> All() =>
    [
        FuturesCall.Signed("GET", FuturesTradingCalls.OrderPath, _ => 1, Order),
        FuturesCall.Signed("GET", "/fapi/v1/openOrder", _ => 1, Order),
        FuturesCall.Signed("GET", "/fapi/v1/openOrders", OpenWeight, OpenOrders),
        FuturesCall.Signed("GET", "/fapi/v1/allOrders", _ => 5, AllOrders),
        FuturesCall.Signed("GET", "/fapi/v1/userTrades", _ => 5, Trades),
        FuturesCall.Signed("GET", "/fapi/v1/forceOrders", _ => 20, ForceOrders),
        FuturesCall.Signed("GET", "/fapi/v1/income", _ => 30, Incomes),
        FuturesCall.Signed("GET", "/fapi/v3/balance", _ => 5, Balances),
        FuturesCall.Signed("GET", "/fapi/v3/account", _ => 5, AccountInformation),
        FuturesCall.Signed("GET", "/fapi/v3/positionRisk", _ => 5, Positions),
    ];

    private static int OpenWeight(RequestParameters parameters) => parameters["symbol"] is null ? 40 : 1;

    private static (long StartMs, long EndMs, int Limit) ReadWindow(ParameterReader reader)
    {
        long? start = reader.OptionalInteger("startTime");
        long? end = reader.OptionalInteger("endTime");
        long limit = Math.Clamp(reader.OptionalInteger("limit") ?? RowsDefault, 1, RowsMax);
        return (start ?? 0, end ?? long.MaxValue, (int)limit);
    }

    private FuturesAccount AccountOf(ApiRequest request) => exchange.State.OfClient(request.Caller);

    private ApiAnswer Order(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        long? orderId = reader.OptionalInteger("orderId");
        string? clientOrderId = reader.OptionalFuturesClientOrderId("origClientOrderId");
        if (!reader.Has("orderId") && !reader.Has("origClientOrderId"))
        {
            reader.Fail(ApiError.MissingEither("origClientOrderId", "orderId"));
        }

        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        Account account = AccountOf(request).Account;
        ClientOrder? order = orderId is { } id
            ? account.FindOrder(id)
            : account.FindOrder(market, clientOrderId ?? "");
        return order is not null && order.Market == market
            ? ApiAnswer.Of(json => FuturesOrderJson.Queried(json, order))
            : ApiError.OrderDoesNotExist;
    });

    private ApiAnswer OpenOrders(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? only = reader.OptionalMarket();
        return reader.Error is { } error
            ? error
            : FuturesCall.Array(
                AccountOf(request).Account.OpenOrders.Where(order => only is null || order.Market == only),
                FuturesOrderJson.Queried);
    });

    private ApiAnswer AllOrders(ApiRequest request) => Orders(request, _ => true);

    private ApiAnswer ForceOrders(ApiRequest request) => Orders(
        request, order => order.Futures is { Origin: not FuturesOrderOrigin.Client });

    private ApiAnswer Orders(ApiRequest request, Func<ClientOrder, bool> isWanted) =>
        exchange.Core.Read<ApiAnswer>(state =>
        {
            ParameterReader reader = new(request.Parameters, state);
            Market? only = reader.OptionalMarket();
            long? fromOrderId = reader.OptionalInteger("orderId");
            (long startMs, long endMs, int limit) = ReadWindow(reader);
            if (reader.Error is { } error)
            {
                return error;
            }

            IEnumerable<ClientOrder> orders = AccountOf(request).Account.Orders.Where(order =>
                (only is null || order.Market == only) && isWanted(order)
                && order.CreatedMs >= startMs && order.CreatedMs <= endMs
                && (fromOrderId is null || order.OrderId >= fromOrderId));
            bool isForward = fromOrderId is not null || startMs > 0;
            return FuturesCall.Array(
                isForward ? orders.Take(limit) : orders.TakeLast(limit), FuturesOrderJson.Queried);
        });

    private ApiAnswer Trades(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        long? orderId = reader.OptionalInteger("orderId");
        long? fromId = reader.OptionalInteger("fromId");
        (long startMs, long endMs, int limit) = ReadWindow(reader);
        if (fromId is not null && (startMs > 0 || endMs < long.MaxValue))
        {
            reader.Fail(ApiError.BadCombination);
        }

        if (reader.Error is { } error)
        {
            return error;
        }

        IEnumerable<ClientTrade> trades = AccountOf(request).Account.Trades.Where(trade =>
            trade.Order.Market == market
            && trade.TimeMs >= startMs && trade.TimeMs <= endMs
            && (orderId is null || trade.Order.OrderId == orderId)
            && (fromId is null || trade.TradeId >= fromId));
        bool isForward = fromId is not null || startMs > 0;
        return FuturesCall.Array(
            isForward ? trades.Take(limit) : trades.TakeLast(limit), FuturesOrderJson.Trade);
    });

    private ApiAnswer Incomes(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? only = reader.OptionalMarket();
        (long startMs, long endMs, int limit) = ReadWindow(reader);
        if (reader.Error is { } error)
        {
            return error;
        }

        string? type = request.Parameters["incomeType"];
        IEnumerable<Income> incomes = FuturesAccountJson.IncomesOf(AccountOf(request)).Where(income =>
            income.TimeMs >= startMs && income.TimeMs <= endMs
            && (only is null || income.Symbol == only.Symbol.Name)
            && (string.IsNullOrEmpty(type) || FuturesWords.Of(income.Type) == type));
        return FuturesCall.Array(
            startMs > 0 ? incomes.Take(limit) : incomes.TakeLast(limit), FuturesAccountJson.Income);
    });

    private ApiAnswer Balances(ApiRequest request) => exchange.Core.Read(_ =>
    {
        FuturesAccount account = AccountOf(request);
        return FuturesCall.Array(
            account.Account.Balances,
            (json, balance) => FuturesAccountJson.Balance(json, exchange.State, account, balance.Asset));
    });

    private ApiAnswer AccountInformation(ApiRequest request) => exchange.Core.Read(_ =>
        ApiAnswer.Of(json => FuturesAccountJson.Account(json, exchange.State, AccountOf(request))));

    private ApiAnswer Positions(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? only = reader.OptionalMarket();
        FuturesAccount account = AccountOf(request);
        return reader.Error is { } error
            ? error
            : FuturesCall.Array(
                FuturesAccountJson.ShownPositions(account)
                    .Where(position => only is null || position.Market == only),
                (json, position) => FuturesAccountJson.PositionRisk(json, exchange.State, account, position));
    });
}
