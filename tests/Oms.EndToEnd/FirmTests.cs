using System.Net;
using System.Text.Json;
using Oms.Testing;

namespace Oms.EndToEnd;

/// <summary>
/// What the grains know, asked by the command line: accounts, the portfolio, limits and who changed them.
/// </summary>
[Collection(RunningSystem.Name)]
public sealed class FirmTests(Deployment deployment)
{
    private const string Account = "binance/sub_market_making";
    private const string Poor = "binance/sub_futures_trend";

    [Fact]
    public async Task Limits_that_are_set_hold_are_audited_and_survive_FastPath_and_silo()
    {
        JsonElement before = await LimitsAsync();
        long version = before.GetProperty("version").GetInt64();
        try
        {
            JsonElement set = Assert.Single(
                (await deployment.Oms("limits", "set", "account", Account, "--order-notional-max", "11", "--json"))
                    .Expect(0).Json);
            Assert.Equal(version + 1, set.GetProperty("version").GetInt64());
            Assert.Equal(version + 1, set.GetProperty("confirmed_version").GetInt64());
            Assert.Equal("11", Text(set.GetProperty("values"), "order_notional_max"));
            await RefusesAsync("firm-limit-1");

            await deployment.KillAsync("fastpath");
            await deployment.KillAsync("silo");
            await Eventually.True(
                async () => (await deployment.Oms("limits", "--json")).ExitCode == 0
                    && Text((await LimitsAsync()).GetProperty("values"), "order_notional_max") == "11",
                Deployment.ReadyDeadline,
                "the silo answers again");
            await Eventually.True(
                async () => await AccountAsync() is var account && Text(account, "condition") == "ready",
                Deployment.ReadyDeadline,
                "the account is ready again");
            await RefusesAsync("firm-limit-2");
        }
        finally
        {
            await Eventually.True(
                async () => (await deployment.Oms(
                    "limits", "set", "account", Account, "--order-notional-max", "none")).ExitCode == 0,
                Deployment.ReadyDeadline,
                "the limit is taken away");
        }

        JsonElement change = (await deployment.Oms("limits", "changes", "--json")).Expect(0).Json
            .First(row => Text(row, "action") == "limits_set"
                && Text(row.GetProperty("new"), "order_notional_max") == "11");
        Assert.Equal(("operator", $"account {Account}"), (Text(change, "by"), Text(change, "subject")));
    }

    [Fact]
    public async Task The_portfolio_names_its_prices_and_adds_up()
    {
        JsonElement portfolio = default;
        await Eventually.True(
            async () =>
            {
                CommandResult result = await deployment.Oms("portfolio", "--json");
                portfolio = result.ExitCode == 0 ? Assert.Single(result.Json) : default;
                return result.ExitCode == 0 && portfolio.GetProperty("prices").GetArrayLength() >= 2;
            },
            Deployment.ReadyDeadline,
            "the portfolio has prices");
        Assert.Equal("USDT", Text(portfolio, "currency"));
        decimal sum = portfolio.GetProperty("accounts").EnumerateArray().Sum(row => Number(row, "equity"));
        Assert.Equal(sum, Number(portfolio.GetProperty("total"), "equity"), 4);
        Assert.True(sum > 500_000);
        JsonElement price = portfolio.GetProperty("prices").EnumerateArray()
            .Single(row => Text(row, "asset") == "BTC");
        Assert.Equal("binance spot BTC/USDT mid", Text(price, "name"));
        Assert.True(price.GetProperty("unix_nanos").GetInt64() > 0);
    }

    [Fact]
    public async Task A_rebalance_moves_what_its_dry_run_shows_and_keeps_the_main_account_at_its_minimum()
    {
        JsonElement plan = default;
        await Eventually.True(
            async () =>
            {
                CommandResult result = await deployment.Oms("rebalance", "--dry-run", "--json");
                plan = result.ExitCode == 0 ? Assert.Single(result.Json) : default;
                return result.ExitCode == 0 && Array(plan, "accounts").All(row => Text(row, "problem").Length == 0);
            },
            Deployment.ReadyDeadline,
            "every account is ready");
        Assert.True(plan.GetProperty("is_dry_run").GetBoolean());
        JsonElement main = Array(plan, "accounts")[0];
        Assert.Equal(("binance/main", "100000"), (Text(main, "account"), Text(main, "bound")));
        JsonElement planned = Array(plan, "moves").Single(row => Text(row, "to") == Poor);
        Assert.Equal(("distribution", ""), (Text(planned, "purpose"), Text(planned, "client_transfer_id")));

        JsonElement run = Assert.Single((await deployment.Oms("rebalance", "binance/main", "--json")).Expect(0).Json);
        JsonElement[] moves = Array(run, "moves");
        Assert.Contains(moves, row => Text(row, "to") == Poor);
        try
        {
            foreach (JsonElement move in moves)
            {
                string? status = null;
                await Eventually.True(
                    async () => (status = await StatusAsync(move)) is "completed" or "rejected" or "stranded",
                    Deployment.ReadyDeadline,
                    "the transfer has ended");
                Assert.Equal("completed", status);
            }

            JsonElement after = Assert.Single(
                (await deployment.Oms("rebalance", "--dry-run", "--json")).Expect(0).Json);
            JsonElement[] accounts = Array(after, "accounts");
            Assert.True(Number(accounts[0], "held") >= 100_000);
            // What an open position is worth moves meanwhile.
            Assert.InRange(Number(accounts.Single(row => Text(row, "account") == Poor), "held"), 49_500, 50_500);
            Assert.Empty(await Agreement.DifferencesAsync(deployment));
        }
        finally
        {
            foreach (JsonElement move in moves)
            {
                _ = (await deployment.Oms(
                    "transfer", Place(move, "to"), Place(move, "from"), "USDT", Text(move, "amount"))).Expect(0);
            }
        }
    }

    [Fact]
    public async Task Orleans_dashboard_is_for_administrators()
    {
        JsonElement added = Assert.Single(
            (await deployment.Oms("tokens", "add", "onlooker", "--grant", "*=read", "--json")).Expect(0).Json);
        string administrator = await File.ReadAllTextAsync(deployment.Data.OperatorTokenFile);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/orleans/DashboardCounters", null)).Status);
        await Eventually.True(
            async () => (await GetAsync("/orleans/DashboardCounters", Text(added, "token"))).Status
                == HttpStatusCode.Forbidden,
            Deployment.ReadyDeadline,
            "the gateway knows the new token");
        (HttpStatusCode status, string counters) = (HttpStatusCode.ServiceUnavailable, "");
        await Eventually.True(
            async () =>
            {
                (status, counters) = await GetAsync("/orleans/DashboardCounters", administrator.Trim());
                return status != HttpStatusCode.ServiceUnavailable;
            },
            Deployment.ReadyDeadline,
            "the gateway has found the silo");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Oms.Grains", counters, StringComparison.Ordinal);
        (status, string page) = await GetAsync("/orleans/", administrator.Trim());
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("<html", page, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string path, string? token)
    {
        using HttpClient http = deployment.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using HttpResponseMessage response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string Place(JsonElement move, string end) =>
        Text(move, end) + (Text(move, end + "_wallet") == "futures" ? ":futures" : "");

    private static JsonElement[] Array(JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray()];

    private async Task<string?> StatusAsync(JsonElement move) =>
        (await deployment.Oms("transfers", "--account", Text(move, "from"), "--json")).Expect(0).Json
            .Where(row => Text(row, "client_transfer_id") == Text(move, "client_transfer_id"))
            .Select(row => Text(row, "status"))
            .SingleOrDefault();

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString() ?? "";

    private static decimal Number(JsonElement row, string name) => decimal.Parse(Text(row, name));

    private async Task RefusesAsync(string clientOrderId)
    {
        CommandResult placed = await deployment.Oms(
            "order", "place", Account, "ETH/USDT", "buy", "0.1", "--limit", "1000",
            "--client-order-id", clientOrderId, "--json");
        JsonElement order = Assert.Single(placed.Json);
        Assert.Equal(("rejected", "notional_above_limit"), (Text(order, "status"), Text(order, "reject_reason")));
    }

    private async Task<JsonElement> LimitsAsync() =>
        (await deployment.Oms("limits", "--json")).Expect(0).Json.Single(row => Text(row, "name") == Account);

    private async Task<JsonElement> AccountAsync() =>
        Assert.Single((await deployment.Oms("accounts", "--account", Account, "--json")).Expect(0).Json);
}
