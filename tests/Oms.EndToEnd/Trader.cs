using System.Globalization;
using Grpc.Core;
using Oms.V1;

namespace Oms.EndToEnd;

/// <summary>
/// A client that behaves as one should: it names its orders, and when it does not know what became of a
/// request it asks again under the same name.
/// </summary>
internal sealed class Trader(Deployment deployment)
{
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(60);

    private readonly OrderService.OrderServiceClient _client = new(deployment.Channel);
    private readonly MarketDataService.MarketDataServiceClient _marketData = new(deployment.Channel);

    /// <summary>Places an order until the OMS has answered for it, accepted or refused.</summary>
    public Task<Order> PlaceAsync(PlaceOrderRequest request) => InsistAsync(async () =>
    {
        PlaceOrderResponse response = await _client.PlaceOrderAsync(
            request, deadline: DateTime.UtcNow.AddSeconds(5));
        return IsPassing(response.Order.RejectReason) ? null : response.Order;
    });

    public Task<CancelOrderResponse> CancelAsync(string account, string clientOrderId) =>
        InsistAsync(async () => (CancelOrderResponse?)await _client.CancelOrderAsync(
            new CancelOrderRequest { Account = account, ClientOrderId = clientOrderId },
            deadline: DateTime.UtcNow.AddSeconds(5)));

    public async Task<Order> GetAsync(string account, string clientOrderId) =>
        (await _client.GetOrderAsync(
            new GetOrderRequest { Account = account, ClientOrderId = clientOrderId },
            deadline: DateTime.UtcNow.AddSeconds(5))).Order;

    /// <summary>A limit one percent beyond the other side's best price, when there is one.</summary>
    public Task<string> CrossingPriceAsync(string symbol, Side side) => InsistAsync(async () =>
    {
        GetTopOfBookResponse response = await _marketData.GetTopOfBookAsync(
            new GetTopOfBookRequest { Exchange = "binance", Market = Market.Spot, Symbol = symbol },
            deadline: DateTime.UtcNow.AddSeconds(5));
        TopOfBook book = response.TopOfBook;
        return !book.IsValid ? null : side == Side.Buy
            ? Rounded(book.AskPrice, 1.01m)
            : Rounded(book.BidPrice, 0.99m);
    });

    private static string Rounded(string price, decimal factor) =>
        Math.Round(decimal.Parse(price, CultureInfo.InvariantCulture) * factor, 2)
            .ToString(CultureInfo.InvariantCulture);

    public static PlaceOrderRequest Limit(
        string account, string symbol, Side side, string quantity, string price, string clientOrderId) =>
        new()
        {
            Account = account,
            Market = Market.Spot,
            Symbol = symbol,
            Side = side,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancel,
            Quantity = quantity,
            Price = price,
            ClientOrderId = clientOrderId,
        };

    public static PlaceOrderRequest AtMarket(
        string account, string symbol, Side side, string quantity, string clientOrderId) => new()
        {
            Account = account,
            Market = Market.Spot,
            Symbol = symbol,
            Side = side,
            Type = OrderType.Market,
            Quantity = quantity,
            ClientOrderId = clientOrderId,
        };

    /// <summary>Reasons that hold while a part is away, and pass.</summary>
    private static bool IsPassing(string reason) =>
        reason is "account_not_ready" or "reference_price_stale" or "reference_price_missing"
            or "instrument_not_tradable" or "connector_down" or "command_too_old";

    private static async Task<T> InsistAsync<T>(Func<Task<T?>> attempt)
        where T : class
    {
        using var patience = new CancellationTokenSource(PatienceMax);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        string last = "refused for a passing reason";
        while (await WaitAsync(pace, patience.Token))
        {
            try
            {
                if (await attempt() is { } result)
                {
                    return result;
                }
            }
            catch (RpcException problem) when (problem.StatusCode
                is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted
                or StatusCode.Cancelled or StatusCode.Internal)
            {
                last = problem.Status.ToString();
            }
        }

        throw new Xunit.Sdk.XunitException($"no answer within {PatienceMax}: {last}");
    }

    private static async Task<bool> WaitAsync(PeriodicTimer pace, CancellationToken patience)
    {
        try
        {
            return await pace.WaitForNextTickAsync(patience);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
