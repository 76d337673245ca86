using System.Globalization;
using Grpc.Core;
using Oms.V1;

namespace Oms.EndToEnd.Chaos;

/// <summary>
/// One account's client: places, amends, replaces and cancels by the dice, and insists on an answer to every order by
/// asking again under its name.
/// </summary>
internal sealed class CampaignTrader(
    Deployment deployment, CampaignPrices prices, string account, bool isFutures, int seed)
{
    private const int RememberedMax = 20;
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(5);

    private readonly OrderService.OrderServiceClient _client = new(deployment.Channel);
    private readonly Random _random = new(seed);
    private readonly List<string> _resting = [];
    private int _number;

    public string Account => account;

    /// <summary>The names of the orders that the OMS has answered for.</summary>
    public List<string> Answered { get; } = [];

    /// <summary>What no client should hear, one line each.</summary>
    public List<string> Problems { get; } = [];

    public async Task RunAsync(TimeSpan paceMax, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await ActAsync(stopping);
            await Task.Delay(paceMax * _random.NextDouble(), CancellationToken.None);
        }
    }

    private Task ActAsync(CancellationToken stopping) => _random.Next(100) switch
    {
        < 60 => PlaceAsync(stopping),
        < 75 => OnceAsync(name => _client.CancelOrderAsync(
            new() { Account = account, ClientOrderId = name }, deadline: Deadline())),
        < 85 => AmendAsync(),
        < 96 => ReplaceAsync(stopping),
        _ => OnceAsync(_ => _client.CancelOrdersAsync(new() { Account = account }, deadline: Deadline())),
    };

    /// <summary>Insists: an order is placed once under its name, however often it is asked for.</summary>
    private async Task PlaceAsync(CancellationToken stopping)
    {
        if (NewOrder() is not { } request)
        {
            return;
        }

        await InsistAsync(
            async () => (await _client.PlaceOrderAsync(request, deadline: Deadline())).Order, request, stopping);
    }

    private async Task ReplaceAsync(CancellationToken stopping)
    {
        if (_resting.Count == 0 || NewOrder() is not { } order)
        {
            return;
        }

        var request = new ReplaceOrderRequest { OriginalClientOrderId = Resting(), Order = order };
        await InsistAsync(
            async () => (await _client.ReplaceOrderAsync(request, deadline: Deadline())).Order, order, stopping);
    }

    private async Task InsistAsync(Func<Task<Order>> ask, PlaceOrderRequest request, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                _ = await ask();
                Answered.Add(request.ClientOrderId);
                if (request.TimeInForce == TimeInForce.GoodTillCancel)
                {
                    Remember(request.ClientOrderId);
                }

                return;
            }
            catch (RpcException failure) when (CampaignAnswers.IsPassing(failure))
            {
                if (stopping.IsCancellationRequested)
                {
                    // Nobody was told anything of it.
                    return;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200), CancellationToken.None);
            }
            catch (RpcException failure)
            {
                Note(request.ClientOrderId, failure);
                return;
            }
        }
    }

    private Task AmendAsync() => OnceAsync(name =>
    {
        string symbol = Symbol();
        return _client.AmendOrderAsync(
            new()
            {
                Account = account,
                ClientOrderId = name,
                Quantity = Quantity(symbol),
                Price = Price(symbol, 0.96m + (0.08m * (decimal)_random.NextDouble())),
            },
            deadline: Deadline());
    });

    /// <summary>Asks once of an order that may rest, whatever comes of it.</summary>
    private async Task OnceAsync<TResponse>(Func<string, AsyncUnaryCall<TResponse>> ask)
    {
        if (_resting.Count == 0)
        {
            return;
        }

        string name = Resting();
        try
        {
            _ = await ask(name);
        }
        catch (RpcException failure) when (CampaignAnswers.IsPassing(failure))
        {
            // The gateway is away: another one will be asked of it.
        }
        catch (RpcException failure)
        {
            Note(name, failure);
        }
    }

    /// <summary>Refused before it was an order, or no order any more, is as it should be.</summary>
    private void Note(string name, RpcException failure)
    {
        if (!CampaignAnswers.IsRefusal(failure))
        {
            Problems.Add($"{account} {name}: {failure.Status}");
        }
    }

    private PlaceOrderRequest? NewOrder()
    {
        string symbol = Symbol();
        if (prices[symbol] == 0)
        {
            return null;
        }

        Side side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
        var request = new PlaceOrderRequest
        {
            Account = account,
            Market = isFutures ? Market.Futures : Market.Spot,
            Symbol = symbol,
            Side = side,
            Quantity = Quantity(symbol),
            ClientOrderId = $"chaos-{++_number}",
        };
        int kind = _random.Next(4);
        if (kind == 0)
        {
            request.Type = OrderType.Market;
            return request;
        }

        // Into the other side, at the touch or so, or away from it.
        decimal toward = kind == 1 ? 0.002m : kind == 2 ? 0 : -0.01m * (decimal)(2 + (2 * _random.NextDouble()));
        request.Type = OrderType.Limit;
        request.Price = Price(symbol, 1 + (side == Side.Buy ? toward : -toward));
        request.TimeInForce = kind == 3 || _random.Next(2) == 0
            ? TimeInForce.GoodTillCancel
            : TimeInForce.ImmediateOrCancel;
        request.PostOnly = kind == 3 && _random.Next(3) == 0;
        return request;
    }

    private string Symbol() => (_random.Next(2) == 0 ? "BTC/USDT" : "ETH/USDT") + (isFutures ? ":USDT" : "");

    private string Quantity(string symbol)
    {
        int times = _random.Next(1, 5);
        bool isBitcoin = symbol.StartsWith("BTC", StringComparison.Ordinal);
        decimal quantity = (isFutures, isBitcoin) switch
        {
            (true, true) => 0.002m * times,
            (true, false) => 0.03m * times,
            (false, true) => 0.0002m * times,
            (false, false) => 0.004m * times,
        };
        return quantity.ToString(CultureInfo.InvariantCulture);
    }

    private string Price(string symbol, decimal factor) =>
        Math.Round(prices[symbol] * factor, 1).ToString(CultureInfo.InvariantCulture);

    private string Resting() => _resting[_random.Next(_resting.Count)];

    private void Remember(string name)
    {
        _resting.Add(name);
        if (_resting.Count > RememberedMax)
        {
            _resting.RemoveAt(0);
        }
    }

    private static DateTime Deadline() => DateTime.UtcNow + AnswerMax;
}
