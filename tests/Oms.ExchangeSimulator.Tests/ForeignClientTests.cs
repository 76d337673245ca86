using System.Text.Json;
using Oms.Testing;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>
/// Clients of the exchange that others wrote, unmodified: what each believes that it did is what the ledger holds.
/// </summary>
public sealed class ForeignClientTests : IAsyncLifetime
{
    private const decimal SpotQuantity = 0.002m;
    private const decimal FuturesQuantity = 0.01m;

    private readonly TemporaryDirectory _directory = new();
    private SimulatorProcess? _process;
    private NodeScripts? _node;

    private SimulatorProcess Simulator => _process ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync()
    {
        _node = await NodeScripts.Installed(Path.Combine(AppContext.BaseDirectory, "node"));
        _process = await SimulatorProcess.StartAsync(_directory.Path, "--accounts", WriteAccounts());
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _directory.Dispose();
    }

    [Fact]
    public async Task Ccxt_trades_transfers_and_keeps_its_books()
    {
        JsonElement told = await RunAsync("ccxt.js", SimulatorProcess.HmacKey, SimulatorProcess.HmacSecret);
        JsonElement ledger = await Simulator.Rest.GetJsonAsync("/sim/ledger");
        JsonElement spot = told.GetProperty("spot");
        AssertBook(spot, 0.001m, 0.002m);
        AssertReplaced(spot, Account(ledger, "accounts"));
        AssertTaken(spot, Account(ledger, "accounts"), SpotQuantity);
        AssertWaited(spot.GetProperty("waiting"), Account(ledger, "accounts"));
        AssertTransfer(spot.GetProperty("transfer"), ledger, "SPOT", "12.50000000");
        AssertTransfer(spot.GetProperty("innerTransfer"), ledger, "USDT_FUTURE", "7.50000000");
        foreach (JsonProperty balance in spot.GetProperty("balances").EnumerateObject())
        {
            JsonElement held = Account(ledger, "accounts").GetProperty("balances").EnumerateArray()
                .Single(each => each.GetProperty("asset").GetString() == balance.Name);
            Assert.Equal(Number(held, "free") + Number(held, "locked"), balance.Value.GetDecimal());
        }

        JsonElement futures = told.GetProperty("futures");
        AssertBook(futures, 0.01m, 0.02m);
        AssertAmended(futures, Account(ledger, "futures_accounts"));
        AssertTaken(futures, Account(ledger, "futures_accounts"), 2 * FuturesQuantity);
        JsonElement position = Account(ledger, "futures_accounts").GetProperty("positions")[0];
        Assert.Equal(
            Number(position, "positionAmt"), futures.GetProperty("position").GetProperty("quantity").GetDecimal());
    }

    [Fact]
    public async Task The_official_clients_trade_transfer_and_hear_of_it()
    {
        JsonElement told = await RunAsync("official.js", SimulatorProcess.HmacKey, SimulatorProcess.HmacSecret);
        JsonElement ledger = await Simulator.Rest.GetJsonAsync("/sim/ledger");
        AssertLives(told, ledger);
        AssertTransfer(told.GetProperty("spot").GetProperty("transfer"), ledger, "USDT_FUTURE", "12.50000000");
    }

    [Fact]
    public async Task The_binance_client_trades_by_a_session_that_its_hmac_key_does_not_get()
    {
        JsonElement told = await RunAsync(
            "binance.js", SimulatorProcess.Ed25519Key, TestKeys.PrivatePem, SimulatorProcess.HmacKey,
            SimulatorProcess.HmacSecret);
        JsonElement ledger = await Simulator.Rest.GetJsonAsync("/sim/ledger");
        AssertLives(told, ledger);
        AssertTransfer(told.GetProperty("spot").GetProperty("transfer"), ledger, "SPOT", "12.50000000");
        Assert.Equal(-4056, told.GetProperty("refused").GetProperty("code").GetInt32());
        Assert.Equal(3, ledger.GetProperty("socket_requests").GetProperty("session.logon").GetInt32());
    }

    /// <summary>One account for all clients: each test has an exchange of its own.</summary>
    private string WriteAccounts()
    {
        string path = Path.Combine(_directory.Path, "clients.json");
        File.WriteAllText(path, $$$"""
            {"accounts":[
              {"name":"main","api_key":"{{{SimulatorProcess.Ed25519Key}}}",
               "public_key_pem":{{{JsonSerializer.Serialize(TestKeys.PublicPem)}}},
               "further_keys":{"{{{SimulatorProcess.HmacKey}}}":"{{{SimulatorProcess.HmacSecret}}}"},
               "permissions":["SPOT","FUTURES"],"balances":{"USDT":"50000","BTC":"1"},
               "futures_balances":{"USDT":"20000"}},
              {"name":"sub","main":"main","api_key":"sub-key","secret_key":"sub-secret",
               "permissions":["SPOT","FUTURES"]}]}
            """);
        return path;
    }

    private async Task<JsonElement> RunAsync(string script, string apiKey, string secret, params string[] more)
    {
        NodeScripts node = _node ?? throw new InvalidOperationException("not installed");
        string authority = (Simulator.Rest.BaseAddress ?? throw new InvalidOperationException()).Authority;
        (int code, string output) =
            await node.Run(script, [authority, apiKey, secret, "sub@simulated.exchange", .. more]);
        Assert.True(code == 0, output);
        using JsonDocument document = JsonDocument.Parse(output.Trim().Split('\n')[^1]);
        return document.RootElement.Clone();
    }

    private static void AssertLives(JsonElement told, JsonElement ledger)
    {
        JsonElement spot = told.GetProperty("spot");
        AssertBook(spot, SpotQuantity, SpotQuantity / 2);
        AssertAmended(spot, Account(ledger, "accounts"));
        AssertHeard(spot, "REPLACED");
        AssertTaken(spot, Account(ledger, "accounts"), SpotQuantity);
        AssertLists(spot, Account(ledger, "accounts"));
        JsonElement waiting = spot.GetProperty("waiting");
        JsonElement stop = Order(Account(ledger, "accounts"), waiting.GetProperty("orderId").GetInt64());
        JsonElement limit = Order(Account(ledger, "accounts"), waiting.GetProperty("replacedBy").GetInt64());
        Assert.StartsWith("STOP_LOSS", Text(stop, "type"), StringComparison.Ordinal);
        Assert.Equal(
            ("CANCELED", "LIMIT", "CANCELED"), (Text(stop, "status"), Text(limit, "type"), Text(limit, "status")));
        JsonElement futures = told.GetProperty("futures");
        AssertBook(futures, FuturesQuantity, 2 * FuturesQuantity);
        AssertAmended(futures, Account(ledger, "futures_accounts"));
        AssertHeard(futures, "AMENDMENT");
        AssertTaken(futures, Account(ledger, "futures_accounts"), FuturesQuantity);
    }

    /// <summary>The client's book showed its order, then the amended one, then neither.</summary>
    private static void AssertBook(JsonElement told, decimal quantity, decimal amended)
    {
        JsonElement[] levels = [.. told.GetProperty("levels").EnumerateArray()];
        Assert.Equal(
            [quantity, amended, 0], levels.Select(level => level.GetProperty("quantity").GetDecimal()));
        Assert.All(levels, level =>
            Assert.True(level.GetProperty("bid").GetDecimal() < level.GetProperty("ask").GetDecimal()));
    }

    private static void AssertAmended(JsonElement told, JsonElement account)
    {
        Assert.Equal(OrderId(told, "placed"), OrderId(told, "amended"));
        JsonElement order = Order(account, OrderId(told, "amended"));
        Assert.Equal("CANCELED", Text(order, "status"));
        Assert.Equal(told.GetProperty("amended").GetProperty("quantity").GetDecimal(), Number(order, "origQty"));
        Assert.Equal("CANCELED", Text(told.GetProperty("canceled"), "status"), ignoreCase: true);
    }

    private static void AssertReplaced(JsonElement told, JsonElement account)
    {
        JsonElement first = Order(account, OrderId(told, "placed"));
        JsonElement second = Order(account, OrderId(told, "amended"));
        Assert.Equal(("CANCELED", "CANCELED"), (Text(first, "status"), Text(second, "status")));
        Assert.Equal(told.GetProperty("queried").GetProperty("quantity").GetDecimal(), Number(first, "origQty"));
        Assert.Equal(Number(second, "origQty"), told.GetProperty("amended").GetProperty("quantity").GetDecimal());
    }

    /// <summary>The user stream told of the order's whole life, in its order, and of nothing twice.</summary>
    private static void AssertHeard(JsonElement told, string amendment)
    {
        long orderId = OrderId(told, "placed");
        Assert.Equal(
            ["NEW", amendment, "CANCELED"],
            told.GetProperty("executions").EnumerateArray()
                .Where(each => each.GetProperty("orderId").GetInt64() == orderId)
                .Select(each => Text(each, "happened")));
        Assert.Equal(0, told.GetProperty("restarts").GetInt32());
    }

    /// <summary>The client knows a fill of the order that took; the ledger has both it and the order filled.</summary>
    private static void AssertTaken(JsonElement told, JsonElement account, decimal quantity)
    {
        JsonElement order = Order(account, OrderId(told, "taken"));
        Assert.Equal(("FILLED", quantity), (Text(order, "status"), Number(order, "executedQty")));
        JsonElement fill = told.GetProperty("fill");
        JsonElement trade = account.GetProperty("trades").EnumerateArray().Single(each =>
            each.GetProperty("tradeId").GetInt64() == fill.GetProperty("tradeId").GetInt64());
        Assert.Equal(OrderId(told, "taken"), trade.GetProperty("orderId").GetInt64());
        Assert.Equal(
            (Number(trade, "price"), Number(trade, "qty")),
            (fill.GetProperty("price").GetDecimal(), fill.GetProperty("quantity").GetDecimal()));
    }

    /// <summary>A pair and a list with a working order were open, and are canceled to the last order.</summary>
    private static void AssertLists(JsonElement told, JsonElement account)
    {
        JsonElement[] lists = [.. told.GetProperty("lists").EnumerateArray()];
        Assert.Equal(["OCO", "OTO"], lists.Select(list => Text(list, "contingency")));
        Assert.All(lists, list => Assert.Equal(
            (true, "ALL_DONE"), (list.GetProperty("isOpen").GetBoolean(), Text(list, "status"))));
        Assert.All(
            lists.SelectMany(list => list.GetProperty("orders").EnumerateArray()),
            order => Assert.Equal("CANCELED", Text(Order(account, order.GetInt64()), "status")));
        string[][] reports =
        [
            .. lists.Select(list =>
                (string[])[.. list.GetProperty("reports").EnumerateArray().Select(each => each.GetString() ?? "")]),
        ];
        Assert.Equal(["NEW", "NEW"], reports[0]);
        Assert.Equal("NEW", reports[1][0]);
        Assert.All(reports[1][1..], report => Assert.Equal("PENDING_NEW", report));
    }

    /// <summary>A stop and a trailing one were open, and are canceled.</summary>
    private static void AssertWaited(JsonElement told, JsonElement account)
    {
        long[] orders = [.. told.GetProperty("orders").EnumerateArray().Select(order => order.GetInt64())];
        Assert.Equal(orders, told.GetProperty("open").EnumerateArray().Select(order => order.GetInt64()));
        Assert.Equal(20_000, told.GetProperty("stopPrice").GetDecimal());
        Assert.All(orders, order =>
        {
            Assert.StartsWith("STOP_LOSS", Text(Order(account, order), "type"), StringComparison.Ordinal);
            Assert.Equal("CANCELED", Text(Order(account, order), "status"));
        });
    }

    private static void AssertTransfer(JsonElement told, JsonElement ledger, string toWallet, string amount)
    {
        JsonElement booked = ledger.GetProperty("transfers").EnumerateArray()
            .Single(each => $"{each.GetProperty("tranId")}" == $"{told.GetProperty("tranId")}");
        Assert.Equal(("main", "SPOT"), (Text(booked, "from"), Text(booked, "fromWallet")));
        Assert.Equal((toWallet, amount), (Text(booked, "toWallet"), Text(booked, "amount")));
    }

    private static JsonElement Account(JsonElement ledger, string market) =>
        ledger.GetProperty(market).EnumerateArray().Single(account => Text(account, "name") == "main");

    private static JsonElement Order(JsonElement account, long orderId) => account.GetProperty("orders")
        .EnumerateArray().Single(order => order.GetProperty("orderId").GetInt64() == orderId);

    private static long OrderId(JsonElement told, string step) =>
        told.GetProperty(step).GetProperty("orderId").GetInt64();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static decimal Number(JsonElement element, string name) => decimal.Parse(Text(element, name));
}
