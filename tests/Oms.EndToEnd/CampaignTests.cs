using System.Text.Json;
using Oms.Testing;
using Oms.V1;

namespace Oms.EndToEnd;

/// <summary>
/// A thousand orders over three accounts while one process after the other is killed with -9: at the end the
/// exchange's ledger and the OMS agree on every order, fill, balance and position, and so do the
/// trades in files and on JetStream.
/// </summary>
[Collection(RunningSystem.Name)]
public sealed class CampaignTests(Deployment deployment)
{
    private const int OrderCount = 1000;
    private const int Seed = 20260131;

    private static readonly string[] Accounts =
        [.. Agreement.SpotAccounts.Select(account => $"binance/{account}")];

    private static readonly string[] Victims = ["nats", "fastpath", "connectors", "silo", "gateway"];

    private static readonly int OrdersPerPhase = OrderCount / Victims.Length;

    private static readonly (OrderType, TimeInForce, OrderStatus)[] Kinds =
    [
        (OrderType.Market, TimeInForce.ImmediateOrCancel, OrderStatus.Filled),
        (OrderType.Limit, TimeInForce.GoodTillCancel, OrderStatus.Filled),
        (OrderType.Limit, TimeInForce.GoodTillCancel, OrderStatus.Canceled),
        (OrderType.Limit, TimeInForce.ImmediateOrCancel, OrderStatus.Filled),
        (OrderType.Limit, TimeInForce.ImmediateOrCancel, OrderStatus.Expired),
    ];

    private int _answered;

    [Fact]
    public async Task A_thousand_orders_agree_with_the_exchange_while_every_process_is_killed()
    {
        var trader = new Trader(deployment);
        await IsRefusedAsync();

        for (int phase = 0; phase < Victims.Length; phase++)
        {
            await Task.WhenAll(
                KillInMidstreamAsync(Victims[phase], phase * OrdersPerPhase + OrdersPerPhase / 4),
                TradeAsync(trader, phase));
        }

        await Eventually.True(AllReadyAsync, Deployment.ReadyDeadline);
        await Eventually.True(AllSettledAsync, Deployment.ReadyDeadline);
        Assert.Empty(await Agreement.DifferencesAsync(deployment));
        await PublishedTrades.AgreeAsync(deployment);
        await AllKindsHappenedAsync();
    }

    /// <summary>The account has no market that is enabled, and none is named.</summary>
    private async Task IsRefusedAsync()
    {
        CommandResult placed = await deployment.Oms(
            "order", "place", "binance/sub_futures_trend", "BTC/USDT", "buy", "0.01", "--json");

        JsonElement order = Assert.Single(placed.Expect(1).Json);
        Assert.Equal("rejected", order.GetProperty("status").GetString());
        Assert.NotEmpty(order.GetProperty("reject_reason").GetString()!);
    }

    /// <summary>One phase's share of the orders, over the accounts side by side.</summary>
    private Task TradeAsync(Trader trader, int phase) => Task.WhenAll(Accounts.Select(
        (account, index) => TradeAsync(trader, phase, account, index)));

    private async Task TradeAsync(Trader trader, int phase, string account, int index)
    {
        var random = new Random(Seed + (phase * Accounts.Length) + index);
        for (int number = index; number < OrdersPerPhase; number += Accounts.Length)
        {
            PlaceOrderRequest request =
                await RequestOfAsync(random, trader, account, $"campaign-{phase}-{number}");
            _ = await trader.PlaceAsync(request);
            _ = Interlocked.Increment(ref _answered);
            if (request.TimeInForce == TimeInForce.GoodTillCancel)
            {
                _ = await trader.CancelAsync(account, request.ClientOrderId);
            }
        }
    }

    /// <summary>A third at market, a third limits that cross the book, a third limits away from it.</summary>
    private static async Task<PlaceOrderRequest> RequestOfAsync(
        Random random, Trader trader, string account, string id)
    {
        bool isBitcoin = random.Next(2) == 0;
        // This account starts without coins.
        bool canSell = !account.EndsWith("arb", StringComparison.Ordinal);
        Side side = canSell && random.Next(2) == 0 ? Side.Sell : Side.Buy;
        string symbol = isBitcoin ? "BTC/USDT" : "ETH/USDT";
        string quantity = isBitcoin ? "0.0002" : "0.004";
        int kind = random.Next(3);
        bool isImmediate = random.Next(2) == 0;
        if (kind == 0)
        {
            return Trader.AtMarket(account, symbol, side, quantity, id);
        }

        string price = kind == 1
            ? await trader.CrossingPriceAsync(symbol, side)
            : RestingPrice(isBitcoin, side);
        PlaceOrderRequest limit = Trader.Limit(account, symbol, side, quantity, price, id);
        limit.TimeInForce = isImmediate ? TimeInForce.ImmediateOrCancel : TimeInForce.GoodTillCancel;
        return limit;
    }

    private static string RestingPrice(bool isBitcoin, Side side) => (isBitcoin, side) switch
    {
        (true, Side.Buy) => "40000",
        (true, _) => "90000",
        (false, Side.Buy) => "2000",
        (false, _) => "4000",
    };

    /// <summary>Kills a process when so many orders are answered, with the rest still to come.</summary>
    private async Task KillInMidstreamAsync(string victim, int answered)
    {
        int pid = await deployment.PidOfAsync(victim);
        await Eventually.True(() => Volatile.Read(ref _answered) >= answered, Deployment.ReadyDeadline);
        Deployment.Kill(pid);
        await deployment.ReadyAgainAsync(victim, pid);
    }

    private async Task<bool> AllReadyAsync() =>
        (await deployment.StatusAsync()).Values.All(row => row.GetProperty("state").GetString() == "ready");

    private async Task<bool> AllSettledAsync() =>
        (await Agreement.OrdersAsync(deployment)).All(order => order.Status
            is not OrderStatus.PendingNew and not OrderStatus.PendingCancel and not OrderStatus.Unknown);

    private async Task AllKindsHappenedAsync()
    {
        Order[] orders = [.. (await Agreement.OrdersAsync(deployment))
            .Where(order => order.ClientOrderId.StartsWith("campaign-", StringComparison.Ordinal))];
        // An order refused for a passing reason was placed again under its name: each name counts once.
        Assert.Equal(OrderCount, orders.DistinctBy(order => order.ClientOrderId).Count());
        int accepted = orders.Count(order => order.ExchangeOrderId.Length > 0);
        Assert.True(accepted >= OrderCount * 9 / 10, $"most orders are accepted: {accepted}");
        foreach ((OrderType type, TimeInForce timeInForce, OrderStatus status) in Kinds)
        {
            Assert.Contains(orders, order =>
                order.Type == type && order.TimeInForce == timeInForce && order.Status == status);
        }
    }
}
