using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>What an account may ask about itself.</summary>
internal sealed class AccountCalls(SpotExchange exchange)
{
    private const int RowsDefault = 500;
    private const int RowsMax = 1_000;
    private const long WindowMaxMs = 86_400_000;

    private static readonly ApiError WindowTooLong =
        new(400, -1127, "More than 24 hours between startTime and endTime.");

    public IEnumerable<ApiCall> All() =>
    [
        new("GET", "/api/v3/order", "order.status", CallSecurity.Signed, _ => 4, Order),
        new("GET", "/api/v3/openOrders", "openOrders.status", CallSecurity.Signed, OpenWeight, OpenOrders),
        new("GET", "/api/v3/allOrders", "allOrders", CallSecurity.Signed, _ => 20, AllOrders),
        new("GET", "/api/v3/account", "account.status", CallSecurity.Signed, _ => 20, Account),
        new("GET", "/api/v3/myTrades", "myTrades", CallSecurity.Signed, TradesWeight, Trades),
        new(
            "GET", "/api/v3/rateLimit/order", "account.rateLimits.orders", CallSecurity.Signed, _ =>
                40, OrderCount),
        new(
            "GET", "/api/v3/account/commission", "account.commission", CallSecurity.Signed, _ =>
                20, Commission),
    ];

    private static int OpenWeight(RequestParameters parameters) =>
        parameters["symbol"] is null ? 80 : 6;

    private static int TradesWeight(RequestParameters parameters) => parameters["orderId"] is null ? 20 : 5;

    private static ApiAnswer Array<T>(IEnumerable<T> rows, Action<Utf8JsonWriter, T> write) =>
        ApiAnswer.Of(json =>
        {
            json.WriteStartArray();
            foreach (T row in rows)
            {
                write(json, row);
            }

            json.WriteEndArray();
        });

    private ApiAnswer Order(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        long? orderId = reader.OptionalInteger("orderId");
        string? clientOrderId = reader.OptionalClientOrderId("origClientOrderId");
        if (!reader.Has("orderId") && !reader.Has("origClientOrderId"))
        {
            reader.Fail(ApiError.MissingEither("origClientOrderId", "orderId"));
        }

        if (reader.Error is not null || market is null)
        {
            return reader.Error ?? ApiError.UnknownSymbol;
        }

        ClientOrder? order = orderId is { } id
            ? request.Caller.FindOrder(id)
            : request.Caller.FindOrder(market, clientOrderId ?? "");
        bool isFound = order is not null && order.Market == market
            && (clientOrderId is null || order.ClientOrderId == clientOrderId);
        return isFound && order is not null
            ? ApiAnswer.Of(json => OrderJson.Queried(json, order))
            : ApiError.OrderDoesNotExist;
    });

    private ApiAnswer OpenOrders(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? only = reader.OptionalMarket();
        return reader.Error is { } error
            ? error
            : Array(
                request.Caller.OpenOrders.Where(order => only is null || order.Market == only),
                OrderJson.Queried);
    });

    private ApiAnswer AllOrders(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        long? fromOrderId = reader.OptionalInteger("orderId");
        (long startMs, long endMs, int limit) = ReadWindow(reader);
        if (reader.Error is { } error)
        {
            return error;
        }

        IEnumerable<ClientOrder> orders = request.Caller.Orders.Where(order =>
            order.Market == market && order.CreatedMs >= startMs && order.CreatedMs <= endMs);
        bool isForward = fromOrderId is not null || startMs > 0;
        orders = fromOrderId is { } from ? orders.Where(order => order.OrderId >= from) : orders;
        return Array(isForward ? orders.Take(limit) : orders.TakeLast(limit), OrderJson.Queried);
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

        IEnumerable<ClientTrade> trades = request.Caller.Trades.Where(trade =>
            trade.Order.Market == market
            && trade.TimeMs >= startMs && trade.TimeMs <= endMs
            && (orderId is null || trade.Order.OrderId == orderId)
            && (fromId is null || trade.TradeId >= fromId));
        bool isForward = fromId is not null || startMs > 0;
        return Array(isForward ? trades.Take(limit) : trades.TakeLast(limit), OrderJson.Trade);
    });

    private static (long StartMs, long EndMs, int Limit) ReadWindow(ParameterReader reader)
    {
        long? start = reader.OptionalInteger("startTime");
        long? end = reader.OptionalInteger("endTime");
        long limit = Math.Clamp(reader.OptionalInteger("limit") ?? RowsDefault, 1, RowsMax);
        if (start is { } from && end is { } to && to - from > WindowMaxMs)
        {
            reader.Fail(WindowTooLong);
        }

        return (start ?? 0, end ?? long.MaxValue, (int)limit);
    }

    private ApiAnswer Account(ApiRequest request) => exchange.Core.Read(_ => ApiAnswer.Of(json =>
    {
        bool omitsZero = request.Parameters["omitZeroBalances"] is "true" or "TRUE";
        Account account = request.Caller;
        CommissionRates rates = exchange.Commission;
        json.WriteStartObject();
        json.WriteNumber("makerCommission", BasisPoints(rates.Maker));
        json.WriteNumber("takerCommission", BasisPoints(rates.Taker));
        json.WriteNumber("buyerCommission", 0);
        json.WriteNumber("sellerCommission", 0);
        json.WriteStartObject("commissionRates");
        json.WriteString("maker", Amount.Format(rates.Maker));
        json.WriteString("taker", Amount.Format(rates.Taker));
        json.WriteString("buyer", Amount.Format(0));
        json.WriteString("seller", Amount.Format(0));
        json.WriteEndObject();
        json.WriteBoolean("canTrade", request.Key?.May("SPOT") ?? false);
        json.WriteBoolean("canWithdraw", false);
        json.WriteBoolean("canDeposit", false);
        json.WriteBoolean("brokered", false);
        json.WriteBoolean("requireSelfTradePrevention", false);
        json.WriteBoolean("preventSor", false);
        json.WriteNumber("updateTime", account.UpdatedMs);
        json.WriteString("accountType", "SPOT");
        json.WriteStartArray("balances");
        foreach (Balance balance in account.Balances.Where(each => !omitsZero || each.Free + each.Locked > 0))
        {
            json.WriteStartObject();
            json.WriteString("asset", balance.Asset);
            json.WriteString("free", Amount.Format(balance.Free));
            json.WriteString("locked", Amount.Format(balance.Locked));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("permissions");
        foreach (string permission in request.Key?.Permissions ?? [])
        {
            json.WriteStringValue(permission);
        }

        json.WriteEndArray();
        json.WriteNumber("uid", account.UserId);
        json.WriteEndObject();
    }));

    private static long BasisPoints(long rate) => rate / (Amount.One / 10_000);

    private ApiAnswer OrderCount(ApiRequest request) => exchange.Core.Read(_ => ApiAnswer.Of(json =>
    {
        json.WriteStartArray();
        RateLimitJson.Orders(json, request.Caller.OrderCount, exchange.Core.NowMs());
        json.WriteEndArray();
    }));

    private ApiAnswer Commission(ApiRequest request) => exchange.Core.Read<ApiAnswer>(state =>
    {
        ParameterReader reader = new(request.Parameters, state);
        Market? market = reader.Market();
        return reader.Error is not null || market is null
            ? reader.Error ?? ApiError.UnknownSymbol
            : ApiAnswer.Of(json => CommissionJson.ForSymbol(json, market.Symbol.Name, exchange.Commission));
    });
}
