using System.Text.Json;
using Oms.Testing;
using Oms.V1;

namespace Oms.EndToEnd;

[Collection(RunningSystem.Name)]
public sealed class RecoveryTests(Deployment deployment)
{
    private const string Account = "binance/sub_market_making";

    [Theory]
    [InlineData("fastpath")]
    [InlineData("connectors")]
    [InlineData("gateway")]
    [InlineData("silo")]
    [InlineData("nats")]
    [InlineData("simulator")]
    public async Task A_killed_process_comes_back_and_nothing_is_lost_or_doubled(string process)
    {
        var trader = new Trader(deployment);
        Order resting = await trader.PlaceAsync(
            Trader.Limit(Account, "BTC/USDT", Side.Buy, "0.001", "20000", $"rest-{process}"));
        Order filled = await trader.PlaceAsync(
            Trader.AtMarket(Account, "ETH/USDT", Side.Sell, "0.01", $"fill-{process}"));
        await ReachesAsync(trader, resting.ClientOrderId, OrderStatus.New);
        await ReachesAsync(trader, filled.ClientOrderId, OrderStatus.Filled);
        string[] positions = await LinesAsync("positions", "quantity");
        string[] balances = await BalancesAsync();
        string[] orders = await OrdersAsync();
        string[] fills = await FillsAsync();
        Dictionary<string, long> sequences = await SequencesAsync();

        int deadPid = await deployment.KillAsync(process);
        Assert.NotEqual("ready", await StateOfAsync(process, deadPid));
        await deployment.ReadyAgainAsync(process, deadPid);

        await ReachesAsync(trader, resting.ClientOrderId, OrderStatus.New);
        await ReachesAsync(trader, filled.ClientOrderId, OrderStatus.Filled);
        Assert.Equal(positions, await LinesAsync("positions", "quantity"));
        Assert.Equal(balances, await BalancesAsync());
        Assert.Equal(orders, await OrdersAsync());
        Assert.Equal(fills, await FillsAsync());
        Assert.All(await SequencesAsync(), now => Assert.True(
            now.Value >= sequences[now.Key], $"{now.Key}: {sequences[now.Key]}, then {now.Value}"));
        Order after = await trader.PlaceAsync(
            Trader.AtMarket(Account, "ETH/USDT", Side.Buy, "0.01", $"after-{process}"));
        await ReachesAsync(trader, after.ClientOrderId, OrderStatus.Filled);
        _ = await trader.CancelAsync(Account, resting.ClientOrderId);
        await ReachesAsync(trader, resting.ClientOrderId, OrderStatus.Canceled);
        Assert.Empty(await Agreement.DifferencesAsync(deployment));
    }

    [Theory]
    [InlineData("timeout_after_accept")]
    [InlineData("http_503_after_accept")]
    [InlineData("http_503_before_accept")]
    public async Task An_unknown_outcome_is_resolved_by_evidence_and_never_sent_twice(string fault)
    {
        var trader = new Trader(deployment);
        await deployment.FaultAsync(fault, 1);
        _ = await trader.PlaceAsync(
            Trader.AtMarket(Account, "BTC/USDT", Side.Buy, "0.001", $"doubt-{fault}"));

        OrderStatus expected = fault == "http_503_before_accept" ? OrderStatus.Rejected : OrderStatus.Filled;
        await ReachesAsync(trader, $"doubt-{fault}", expected);
        Assert.Empty(await Agreement.DifferencesAsync(deployment));
    }

    private static Task ReachesAsync(Trader trader, string clientOrderId, OrderStatus status) =>
        Eventually.True(
            async () => (await trader.GetAsync(Account, clientOrderId)).Status == status,
            Deployment.ReadyDeadline,
            $"{clientOrderId} is {status}");

    /// <summary>The state that is shown of a killed process until its successor is there.</summary>
    private async Task<string> StateOfAsync(string process, int deadPid)
    {
        JsonElement row = (await deployment.StatusAsync())[process];
        bool isSuccessor = row.TryGetProperty("pid", out JsonElement pid)
            && pid.ValueKind == JsonValueKind.Number
            && pid.GetInt32() != deadPid;
        return isSuccessor ? "succeeded" : row.GetProperty("state").GetString()!;
    }

    /// <summary>Every order as it is listed: ids, status and what is filled.</summary>
    private async Task<string[]> OrdersAsync() =>
        [.. (await Agreement.OrdersAsync(deployment)).Select(order =>
            $"{order.Account} {order.OrderId} {order.ClientOrderId} {order.ExchangeOrderId} "
            + $"{order.Status} {order.FilledQuantity}")];

    /// <summary>Every fill as listed, once it is sure that each account's sequences only fall.</summary>
    private async Task<string[]> FillsAsync()
    {
        List<Fill> fills = await Agreement.FillsAsync(deployment);
        Assert.NotEmpty(fills);
        foreach (IGrouping<string, Fill> account in fills.GroupBy(fill => fill.Account))
        {
            Assert.All(account.Zip(account.Skip(1)), pair => Assert.True(
                pair.First.Sequence > pair.Second.Sequence, $"the newest first: {pair}"));
        }

        return [.. fills.Select(fill =>
            $"{fill.Account} {fill.Sequence} {fill.ExecutionId} {fill.Symbol} {fill.TradeId} "
            + $"{fill.OrderId} {fill.Quantity} {fill.Price}")];
    }

    /// <summary>The last sequence of each account.</summary>
    private async Task<Dictionary<string, long>> SequencesAsync()
    {
        var client = new AccountService.AccountServiceClient(deployment.Channel);
        ListAccountsResponse accounts = await client.ListAccountsAsync(new ListAccountsRequest());
        return accounts.Accounts.ToDictionary(account => account.Name, account => account.LastSequence);
    }

    /// <summary>Those of spot: what is free for futures moves with the marks of open positions.</summary>
    private async Task<string[]> BalancesAsync() =>
        [.. (await LinesAsync("balances", "free")).Where(
            line => !line.StartsWith($"binance/{Agreement.FuturesAccount} ", StringComparison.Ordinal))];

    private async Task<string[]> LinesAsync(string list, string field) =>
        [.. (await deployment.Oms(list, "--json")).Expect(0).Json
            .Select(row => $"{row.GetProperty("account")} {Key(row)} {row.GetProperty(field)}")
            .Order(StringComparer.Ordinal)];

    private static string? Key(JsonElement row) =>
        row.TryGetProperty("symbol", out JsonElement symbol)
            ? symbol.GetString()
            : row.GetProperty("asset").GetString();
}
