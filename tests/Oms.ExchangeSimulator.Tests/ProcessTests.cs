using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>How the program starts, dies and comes back.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_kill_in_mid_stream_forgets_nothing_that_was_acknowledged()
    {
        List<string> acknowledged = [];
        await using (SimulatorProcess first = await SimulatorProcess.StartAsync(
            _directory.Path, "--orders-per-10s", "1000"))
        {
            Task placing = PlaceUntilItDiesAsync(first.Rest, acknowledged);
            using CancellationTokenSource deadline = new(SimulatorProcess.Patience);
            using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(5));
            while (acknowledged.Count < 60)
            {
                _ = await poll.WaitForNextTickAsync(deadline.Token);
            }

            await first.KillAsync();
            await placing;
        }

        await using SimulatorProcess second = await SimulatorProcess.StartAsync(
            _directory.Path, "--orders-per-10s", "1000");
        JsonElement ledger = await second.Rest.GetJsonAsync("/sim/ledger");
        JsonElement account = ledger.GetProperty("accounts")[0];
        Dictionary<string, JsonElement> orders = account.GetProperty("orders").EnumerateArray()
            .ToDictionary(order => order.GetProperty("clientOrderId").GetString() ?? "");
        Assert.All(acknowledged, id => Assert.True(orders.ContainsKey(id), $"{id} is forgotten"));
        Assert.InRange(orders.Count, acknowledged.Count, acknowledged.Count + 1);
        AssertBalances(account);
        (int status, JsonElement placed, _) = await second.Rest.SendAsync(
            "POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001");
        Assert.Equal((200, orders.Count + 1), (status, placed.GetProperty("orderId").GetInt32()));
    }

    [Fact]
    public async Task A_termination_is_obeyed_at_once_with_streams_open()
    {
        await using SimulatorProcess process = await SimulatorProcess.StartAsync(_directory.Path);
        using ClientWebSocket socket = await process.ConnectAsync("/ws/btcusdt@depth@100ms");
        _ = await socket.ReceiveAsync(_ => true);
        Assert.True(await process.TerminateAsync() < TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Limits_bind_and_say_when_to_come_back()
    {
        await using SimulatorProcess process = await SimulatorProcess.StartAsync(
            _directory.Path, "--weight-per-minute", "100", "--orders-per-day", "2");
        const string Order = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=20000";
        _ = await process.Rest.SendAsync("POST", "/api/v3/order", Order);
        _ = await process.Rest.SendAsync("POST", "/api/v3/order", Order);
        (int status, JsonElement body, HttpResponseMessage response) =
            await process.Rest.SendAsync("POST", "/api/v3/order", Order);
        Assert.Equal((429, -1015), (status, body.GetProperty("code").GetInt32()));
        Assert.NotNull(response.Headers.RetryAfter);
        int code = 0;
        for (int request = 0; request < 20 && code == 0; request++)
        {
            (status, body, response) = await process.Rest.SendAsync("GET", "/api/v3/account");
            code = body.TryGetProperty("code", out JsonElement given) ? given.GetInt32() : 0;
        }

        Assert.Equal((429, -1003), (status, code));
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("--speed: \"fast\"", "--speed", "fast")]
    [InlineData("--port: \"99999\"", "--port", "99999")]
    [InlineData("--nonsense: unknown option", "--nonsense", "1")]
    [InlineData("--data is needed", "--seed", "1")]
    [InlineData("--accounts: ", "--accounts", "/nowhere/accounts.json", "--data", "/tmp")]
    public async Task Wrong_usage_is_told_in_one_message(string message, params string[] arguments)
    {
        (int exitCode, string error) = await SimulatorProcess.RunAsync(arguments);
        Assert.Equal(2, exitCode);
        Assert.StartsWith(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"accounts":[{"api_key":"k","secret_key":"s"}]}""", "accounts[0].name")]
    [InlineData("""{"accounts":[{"name":"a","secret_key":"s"}]}""", "accounts[0].api_key")]
    [InlineData("""{"accounts":[{"name":"a","api_key":"k"}]}""", "accounts[0]")]
    [InlineData(
        """{"accounts":[{"name":"a","api_key":"k","secret_key":"s","balances":{"BTC":"x"}}]}""",
        "accounts[0].balances.BTC")]
    [InlineData(
        """{"accounts":[{"name":"a","api_key":"k","public_key_pem":"x"}]}""", "accounts[0].public_key_pem")]
    [InlineData("""{"accounts":[{"nam":"a"}]}""", "$.accounts[0]")]
    public async Task A_wrong_accounts_file_is_named_with_its_field(string json, string field)
    {
        string path = Path.Combine(_directory.Path, "wrong.json");
        await File.WriteAllTextAsync(path, json);
        (int exitCode, string error) = await SimulatorProcess.RunAsync(
            "--port", "0", "--accounts", path, "--data", _directory.Path);
        Assert.Equal(2, exitCode);
        Assert.StartsWith($"{path}: {field}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string port = $"{((IPEndPoint)taken.LocalEndpoint).Port}";
        (int exitCode, string error) = await SimulatorProcess.RunAsync(
            "--port", port, "--accounts", SimulatorProcess.WriteAccounts(_directory.Path),
            "--data", Path.Combine(_directory.Path, "data"));
        Assert.Equal(1, exitCode);
        Assert.StartsWith("--port: ", error, StringComparison.Ordinal);
        Assert.Contains(port, error, StringComparison.Ordinal);
    }

    private static async Task PlaceUntilItDiesAsync(HttpClient rest, List<string> acknowledged)
    {
        try
        {
            for (int number = 0; ; number++)
            {
                string size = number % 3 == 0
                    ? "type=MARKET&quantity=0.001"
                    : "type=LIMIT&timeInForce=GTC&quantity=0.001&price=50000";
                (int status, _, _) = await rest.SendAsync(
                    "POST", "/api/v3/order", $"symbol=BTCUSDT&side=BUY&newClientOrderId=n{number}&{size}");
                if (status == 200)
                {
                    acknowledged.Add($"n{number}");
                }
            }
        }
        catch (HttpRequestException)
        {
            // It died, as it should.
        }
    }

    private static void AssertBalances(JsonElement account)
    {
        Dictionary<string, decimal> expected = account.GetProperty("balances").EnumerateArray().ToDictionary(
            balance => balance.GetProperty("asset").GetString() ?? "",
            balance => Number(balance, "opening"));
        foreach (JsonElement trade in account.GetProperty("trades").EnumerateArray())
        {
            int sign = trade.GetProperty("side").GetString() == "BUY" ? 1 : -1;
            expected["BTC"] += sign * Number(trade, "qty");
            expected["USDT"] -= sign * Number(trade, "quoteQty");
            expected[trade.GetProperty("commissionAsset").GetString() ?? ""] -= Number(trade, "commission");
        }

        foreach (JsonElement balance in account.GetProperty("balances").EnumerateArray())
        {
            Assert.Equal(
                expected[balance.GetProperty("asset").GetString() ?? ""],
                Number(balance, "free") + Number(balance, "locked"));
        }
    }

    private static decimal Number(JsonElement element, string name) =>
        decimal.Parse(element.GetProperty(name).GetString() ?? "");
}
