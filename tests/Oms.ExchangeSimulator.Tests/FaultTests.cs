using System.Net.WebSockets;
using System.Text.Json;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>What goes wrong on demand, seen from the other end of the wire.</summary>
public sealed class FaultTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>, IAsyncLifetime
{
    private const string SpotOrder = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=20000";
    private const string FuturesOrder =
        "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=30000";

    private static int _names;

    private HttpClient Rest => simulator.Process.Rest;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The next test finds an exchange that behaves.</summary>
    public async ValueTask DisposeAsync() => await ClearAsync();

    [Theory]
    //          path, when, body, status, code
    [InlineData("/api/v3/order", "before", "unknown", 503, -1007)]
    [InlineData("/api/v3/order", "after", "unknown", 503, -1007)]
    [InlineData("/api/v3/order", "after", "unexpected", 500, -1006)]
    [InlineData("/api/v3/order", "after", "request_timeout", 408, -1007)]
    [InlineData("/api/v3/order", "before", "overloaded", 503, -1008)]
    [InlineData("/api/v3/order", "before", "internal", 503, -1001)]
    [InlineData("/fapi/v1/order", "after", "unknown", 503, -1000)]
    [InlineData("/fapi/v1/order", "before", "unavailable", 503, 0)]
    [InlineData("/fapi/v1/order", "before", "internal", 503, -1001)]
    [InlineData("/fapi/v1/order", "before", "overloaded", 503, -1008)]
    public async Task A_servers_error_has_the_body_that_was_asked_for(
        string path, string when, string body, int status, int code)
    {
        string name = NextName();
        await Rest.FaultAsync($$"""{"kind":"http_503_{{when}}_accept","body":"{{body}}","path":"{{path}}"}""");
        (int answered, JsonElement error, _) = await Rest.SendAsync("POST", path, Order(path, name));
        Assert.Equal((status, code), (answered, error.GetProperty("code").GetInt32()));
        Assert.Equal(when == "after", await IsInLedgerAsync(name));
    }

    [Theory]
    [InlineData("bad_gateway", 502, "<html>")]
    [InlineData("gateway_timeout", 504, "")]
    public async Task What_a_server_in_between_answers_is_no_json(string body, int status, string start)
    {
        await Rest.FaultAsync($$"""{"kind":"http_503_after_accept","body":"{{body}}"}""");
        const string Path = "/api/v3/order";
        using HttpRequestMessage request = TestClient.Signed("POST", Path, Order(Path, NextName()));
        using HttpResponseMessage response = await Rest.SendAsync(request);
        string content = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.StartsWith(start, content, StringComparison.Ordinal);
        Assert.Equal(start.Length == 0, content.Length == 0);
    }

    [Theory]
    [InlineData("ban", 418, "IP banned until")]
    [InlineData("too_many_requests", 429, "Too many requests")]
    public async Task Whoever_is_banned_is_told_until_when_on_every_way(string kind, int status, string text)
    {
        using ClientWebSocket socket = await simulator.Process.ConnectAsync("/ws-api/v3");
        await Rest.FaultAsync($$"""{"kind":"{{kind}}","market":"spot","duration_ms":30000}""");
        (int answered, JsonElement error, HttpResponseMessage response) =
            await Rest.SendAsync("GET", "/api/v3/account");
        Assert.Equal((status, -1003), (answered, error.GetProperty("code").GetInt32()));
        Assert.Contains(text, error.GetProperty("msg").GetString(), StringComparison.Ordinal);
        Assert.InRange(response.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 30);

        await socket.CallAsync("account.status");
        JsonElement reply = await socket.ReceiveAsync(_ => true);
        Assert.Equal(status, reply.GetProperty("status").GetInt32());
        JsonElement told = reply.GetProperty("error").GetProperty("data");
        Assert.InRange(
            told.GetProperty("retryAfter").GetInt64() - told.GetProperty("serverTime").GetInt64(), 1, 30_000);
        _ = await Assert.ThrowsAsync<WebSocketException>(() => simulator.Process.ConnectAsync("/ws-api/v3"));

        Assert.Equal(200, (await Rest.SendAsync("GET", "/fapi/v3/balance")).Status);
        await ClearAsync();
        Assert.Equal(200, (await Rest.SendAsync("GET", "/api/v3/account")).Status);
    }

    [Theory]
    //          fault, mode, status, code, cancel, new order
    [InlineData("replace_cancels_only", "STOP_ON_FAILURE", 409, -2021, "SUCCESS", "FAILURE")]
    [InlineData("replace_cancels_only", "ALLOW_FAILURE", 409, -2021, "SUCCESS", "FAILURE")]
    [InlineData("replace_places_only", "ALLOW_FAILURE", 409, -2021, "FAILURE", "SUCCESS")]
    [InlineData("replace_places_only", "STOP_ON_FAILURE", 400, -2022, "FAILURE", "NOT_ATTEMPTED")]
    public async Task A_replacement_is_half_done(
        string kind, string mode, int status, int code, string cancel, string placed)
    {
        string first = await PlaceAsync();
        string second = NextName();
        await Rest.FaultAsync($$"""{"kind":"{{kind}}","account":"hmac"}""");
        (int answered, JsonElement error, _) = await Rest.SendAsync(
            "POST", "/api/v3/order/cancelReplace",
            $"{SpotOrder}&newClientOrderId={second}&cancelReplaceMode={mode}&cancelOrigClientOrderId={first}");
        Assert.Equal((status, code), (answered, error.GetProperty("code").GetInt32()));
        JsonElement halves = error.GetProperty("data");
        Assert.Equal((cancel, placed), (
            halves.GetProperty("cancelResult").GetString(), halves.GetProperty("newOrderResult").GetString()));
        (_, JsonElement old, _) = await Rest.SendAsync(
            "GET", "/api/v3/order", $"symbol=BTCUSDT&origClientOrderId={first}");
        Assert.Equal(cancel == "SUCCESS" ? "CANCELED" : "NEW", old.GetProperty("status").GetString());
        Assert.Equal(placed == "SUCCESS", await IsInLedgerAsync(second));
    }

    [Fact]
    public async Task A_skewed_clock_is_shown_and_held_against_timestamps()
    {
        await Rest.FaultAsync("""{"kind":"clock_skew","skew_ms":120000,"duration_ms":60000}""");
        (int status, JsonElement error, _) = await Rest.SendAsync("GET", "/api/v3/account");
        Assert.Equal((400, -1021), (status, error.GetProperty("code").GetInt32()));
        long ahead = (await Rest.GetJsonAsync("/api/v3/time")).GetProperty("serverTime").GetInt64()
            - TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.InRange(ahead, 100_000, 140_000);
        await Rest.FaultAsync("""{"kind":"clock_skew","skew_ms":-5000}""");
        Assert.Equal(-1021, (await Rest.SendAsync("GET", "/fapi/v3/balance")).Body.GetProperty("code").GetInt32());
        await Rest.FaultAsync("""{"kind":"clock_skew","skew_ms":0}""");
        Assert.Equal(200, (await Rest.SendAsync("GET", "/api/v3/account")).Status);
    }

    [Theory]
    //          path, when, what is left of 0.001 after an amendment to 0.0005
    [InlineData("after", "0.00050000")]
    [InlineData("before", "0.00100000")]
    public async Task An_amendment_is_struck_like_a_placement(string when, string quantity)
    {
        const string Path = "/api/v3/order/amend/keepPriority";
        string placed = await PlaceAsync();
        await Rest.FaultAsync($$"""{"kind":"http_503_{{when}}_accept","path":"{{Path}}"}""");
        (int status, _, _) = await Rest.SendAsync(
            "PUT", Path, $"symbol=BTCUSDT&origClientOrderId={placed}&newClientOrderId={placed}&newQty=0.0005");
        (_, JsonElement order, _) = await Rest.SendAsync(
            "GET", "/api/v3/order", $"symbol=BTCUSDT&origClientOrderId={placed}");
        Assert.Equal((503, quantity), (status, order.GetProperty("origQty").GetString()));
    }

    [Theory]
    //          fault; what comes of an order that one event of is struck, and of one after it
    [InlineData("repeat_user_event", "", "first:order first:order balance second:order balance")]
    [InlineData("hold_user_event", "", "balance first:order second:order balance")]
    [InlineData("delay_user_event", ",\"delay_ms\":60000", "balance second:order balance first:order")]
    public async Task An_event_comes_twice_or_late(string kind, string more, string events)
    {
        using ClientWebSocket socket = await SubscribedAsync();
        await Rest.FaultAsync($$"""{"kind":"{{kind}}","account":"hmac"{{more}}}""");
        string first = await PlaceAsync();
        string second = await PlaceAsync();
        List<string> told = [];
        foreach (string expected in events.Split(' '))
        {
            if (kind == "delay_user_event" && told.Count == 3)
            {
                // What is kept comes at once when the exchange behaves again.
                await ClearAsync();
            }

            JsonElement message = (await socket.ReceiveAsync(_ => true)).GetProperty("event");
            told.Add(message.GetProperty("e").GetString() == "outboundAccountPosition"
                ? "balance"
                : $"{message.GetProperty("c").GetString()}:order");
        }

        Assert.Equal(
            events, string.Join(' ', told.Select(each => each.Replace(first, "first", StringComparison.Ordinal)
                .Replace(second, "second", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Silent_streams_stay_connected_and_new_ones_speak()
    {
        using ClientWebSocket silent = await SubscribedAsync();
        await Rest.FaultAsync("""{"kind":"silence_user_streams","count":100,"account":"hmac"}""");
        using ClientWebSocket speaking = await SubscribedAsync();
        string placed = await PlaceAsync();
        Assert.Equal(placed, await NextOrderAsync(speaking));
        await silent.CallAsync("account.status");
        JsonElement first = await silent.ReceiveAsync(_ => true);
        Assert.Equal(200, first.GetProperty("status").GetInt32());

        using ClientWebSocket market = await simulator.Process.ConnectAsync("/ws/btcusdt@depth@100ms");
        _ = await market.ReceiveAsync(_ => true);
        await Rest.FaultAsync("""{"kind":"silence_market_streams","count":100}""");
        await market.SendTextAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        _ = await market.ReceiveAsync(message => message.TryGetProperty("id", out _));
        using ClientWebSocket fresh = await simulator.Process.ConnectAsync("/ws/btcusdt@depth@100ms");
        _ = await fresh.ReceiveAsync(_ => true);
        const string Price = "19876.54000000";
        (int status, _, _) = await Rest.SendAsync(
            "POST", "/api/v3/order", SpotOrder.Replace("20000", Price, StringComparison.Ordinal));
        Assert.Equal(200, status);
        // What both are told of, the one that listens has by then.
        _ = await fresh.ReceiveAsync(diff => diff.GetRawText().Contains(Price, StringComparison.Ordinal));
        await market.SendTextAsync("""{"method":"LIST_SUBSCRIPTIONS","id":2}""");
        Assert.Equal(2, (await market.ReceiveAsync(_ => true)).GetProperty("id").GetInt32());
    }

    [Theory]
    [InlineData("drop_market_streams", "/ws/btcusdt@depth@100ms")]
    [InlineData("drop_market_streams", "/market/ws/btcusdt@markPrice@1s")]
    [InlineData("drop_order_sockets", "/ws-api/v3")]
    [InlineData("drop_order_sockets", "/ws-fapi/v1")]
    public async Task Connections_are_cut_on_demand(string kind, string path)
    {
        using ClientWebSocket socket = await simulator.Process.ConnectAsync(path);
        if (kind == "drop_order_sockets")
        {
            await socket.CallAsync("session.status");
        }

        _ = await socket.ReceiveAsync(_ => true);
        await Rest.FaultAsync($$"""{"kind":"{{kind}}","count":1000}""");
        _ = await Assert.ThrowsAsync<WebSocketException>(() => socket.ReceiveAsync(_ => false));
    }

    [Theory]
    [InlineData("spot", "/api/v3/exchangeInfo", "/api/v3/order", -1013)]
    [InlineData("futures", "/fapi/v1/exchangeInfo", "/fapi/v1/order", -4023)]
    public async Task Filters_change_where_they_are_read_and_where_they_bind(
        string market, string information, string path, int code)
    {
        await Rest.FaultAsync($$$"""
            {"kind":"change_filters","market":"{{{market}}}","symbol":"BTCUSDT","filters":{"step_size":"0.1"}}
            """);
        JsonElement symbol = await SymbolAsync(information);
        Assert.StartsWith("0.1", symbol.GetProperty("filters").EnumerateArray()
            .First(filter => filter.GetProperty("filterType").GetString() == "LOT_SIZE")
            .GetProperty("stepSize").GetString(), StringComparison.Ordinal);
        (_, JsonElement refused, _) = await Rest.SendAsync("POST", path, Order(path, NextName()));
        Assert.Equal(code, refused.GetProperty("code").GetInt32());
        await ClearAsync();
        Assert.Equal(200, (await Rest.SendAsync("POST", path, Order(path, NextName()))).Status);
    }

    [Theory]
    [InlineData("spot", "/api/v3/exchangeInfo", "/api/v3/order", "BREAK", -2010)]
    [InlineData("futures", "/fapi/v1/exchangeInfo", "/fapi/v1/order", "SETTLING", -4141)]
    public async Task A_delisting_ends_orders_and_positions_and_takes_no_more(
        string market, string information, string path, string status, int code)
    {
        string open = NextName();
        Assert.Equal(200, (await Rest.SendAsync("POST", path, Order(path, open))).Status);
        if (market == "futures")
        {
            _ = await Rest.SendAsync("POST", path, "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01");
        }

        await Rest.FaultAsync($$"""{"kind":"delist","market":"{{market}}","symbol":"BTCUSDT"}""");
        Assert.Equal(status, (await SymbolAsync(information)).GetProperty("status").GetString());
        (_, JsonElement order, _) = await Rest.SendAsync(
            "GET", path, $"symbol=BTCUSDT&origClientOrderId={open}");
        Assert.Equal("EXPIRED", order.GetProperty("status").GetString());
        (_, JsonElement refused, _) = await Rest.SendAsync("POST", path, Order(path, NextName()));
        Assert.Equal(code, refused.GetProperty("code").GetInt32());
        if (market == "futures")
        {
            Assert.Equal("0", await PositionAsync());
            string ledger = (await Rest.GetJsonAsync("/sim/ledger")).GetRawText();
            Assert.Contains("settlement_autoclose-", ledger, StringComparison.Ordinal);
        }

        await Rest.FaultAsync($$"""{"kind":"relist","market":"{{market}}","symbol":"BTCUSDT"}""");
        Assert.Equal("TRADING", (await SymbolAsync(information)).GetProperty("status").GetString());
        Assert.Equal(200, (await Rest.SendAsync("POST", path, Order(path, NextName()))).Status);
    }

    [Theory]
    [InlineData("""{"kind":"liquidate","account":"hmac"}""", "autoclose-")]
    [InlineData("""{"kind":"deleverage","account":"hmac","symbol":"BTCUSDT"}""", "adl_autoclose")]
    public async Task Positions_are_closed_by_the_exchange_itself(string fault, string name)
    {
        _ = await Rest.SendAsync(
            "POST", "/fapi/v1/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01");
        Assert.NotEqual("0", await PositionAsync());
        await Rest.FaultAsync(fault);
        Assert.Equal("0", await PositionAsync());
        (_, JsonElement orders, _) = await Rest.SendAsync("GET", "/fapi/v1/forceOrders");
        Assert.Contains(orders.EnumerateArray(), order => order.GetProperty("clientOrderId").GetString() is { } id
            && id.StartsWith(name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"kind":"earthquake"}""", "kind: \"earthquake\" is none of")]
    [InlineData("""{"kind":"ban"}""", "duration_ms: ban needs one")]
    [InlineData("""{"kind":"ban","duration_ms":1,"path":"/x"}""", "path: ban takes none")]
    [InlineData("""{"kind":"ban","duration_ms":1,"market":"moon"}""", "market: \"moon\" is neither")]
    [InlineData("""{"kind":"timeout_after_accept","percent":101}""", "percent: must be 1 to 100")]
    [InlineData("""{"kind":"timeout_after_accept","account":"nobody"}""", "account: \"nobody\" is unknown")]
    [InlineData("""{"kind":"http_503_after_accept","body":"overloaded"}""", "body: \"overloaded\" says")]
    [InlineData("""{"kind":"http_503_after_accept","body":"poem"}""", "body: \"poem\" is none of")]
    [InlineData("""{"kind":"delist","market":"spot","symbol":"X"}""", "symbol: \"X\" is unknown")]
    [InlineData("""{"kind":"deleverage","account":"hmac"}""", "symbol: deleverage needs one")]
    [InlineData("""{"kind":"change_filters","market":"spot","symbol":"BTCUSDT","filters":{"tick_size":"0.015"}}""", "filters.tick_size: must be a multiple of 0.01")]
    [InlineData("""{"kind":"change_filters","market":"spot","symbol":"BTCUSDT","filters":{"min_notional":"-1"}}""", "filters.min_notional: \"-1\" is no decimal")]
    [InlineData("""{"kind":"ban","colour":"red"}""", "colour")]
    [InlineData("""{"kind":"timeout_after_accept","path":"/api/v3/ordr"}""", "path: \"/api/v3/ordr\" is none of")]
    [InlineData("""{"kind":"timeout_after_accept","path":"/api/v3/account"}""", "path: \"/api/v3/account\" is none of")]
    [InlineData("""{"kind":"duplicate","path":"/api/v3/order"}""", "path: \"/api/v3/order\" is none of /sapi/v1/asset/transfer")]
    public async Task A_wrong_fault_is_told_by_its_field(string json, string problem)
    {
        using StringContent content = new(json);
        using HttpResponseMessage response = await Rest.PostAsync("/sim/faults", content);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains(problem, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timeout_after_accept", "/fapi/v1/batchOrders")]
    [InlineData("http_503_after_accept", "/api/v3/orderList/otoco")]
    [InlineData("duplicate", "/sapi/v1/sub-account/universalTransfer")]
    public async Task A_call_that_may_be_struck_is_taken(string kind, string path) =>
        await Rest.FaultAsync($$"""{"kind":"{{kind}}","path":"{{path}}"}""");

    [Fact]
    public async Task Where_there_is_nothing_to_strike_it_is_said()
    {
        using StringContent fault = new("""{"kind":"deleverage","account":"hmac","symbol":"ETHUSDT"}""");
        using HttpResponseMessage response = await Rest.PostAsync("/sim/faults", fault);
        Assert.Equal("nothing to strike\n", await response.Content.ReadAsStringAsync());
        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_dice_of_a_seed_fall_the_same_way()
    {
        string first = await StruckOfTwentyAsync();
        Assert.Contains('x', first);
        Assert.Contains('.', first);
        Assert.Equal(first, await StruckOfTwentyAsync());
    }

    /// <summary>Which of twenty cancels a scenario strikes, one in two.</summary>
    private async Task<string> StruckOfTwentyAsync()
    {
        using StringContent scenario = new("""
            {"seed":7,"steps":[{"after_ms":0,"faults":[
              {"kind":"http_503_before_accept","count":1000,"percent":50,"path":"/api/v3/openOrders"}]}]}
            """);
        _ = (await Rest.PostAsync("/sim/scenario", scenario)).EnsureSuccessStatusCode();
        await ScenarioTests.PlayedAsync(Rest, "done");
        string struck = "";
        for (int number = 0; number < 20; number++)
        {
            (int status, _, _) = await Rest.SendAsync("DELETE", "/api/v3/openOrders", "symbol=ETHUSDT");
            struck += status == 503 ? 'x' : '.';
        }

        await ClearAsync();
        return struck;
    }

    private static string NextName() => $"fault-{Interlocked.Increment(ref _names)}";

    private static string Order(string path, string name) =>
        (path.StartsWith("/fapi", StringComparison.Ordinal) ? FuturesOrder : SpotOrder) + $"&newClientOrderId={name}";

    private async Task ClearAsync() => _ = (await Rest.DeleteAsync("/sim/faults")).EnsureSuccessStatusCode();

    private async Task<bool> IsInLedgerAsync(string name) =>
        (await Rest.GetJsonAsync("/sim/ledger")).GetRawText().Contains($"\"{name}\"", StringComparison.Ordinal);

    private async Task<string> PlaceAsync()
    {
        string name = NextName();
        Assert.Equal(200, (await Rest.SendAsync("POST", "/api/v3/order", Order("/api/v3/order", name))).Status);
        return name;
    }

    private async Task<ClientWebSocket> SubscribedAsync()
    {
        ClientWebSocket socket = await simulator.Process.ConnectAsync("/ws-api/v3");
        await socket.CallAsync("userDataStream.subscribe.signature");
        _ = await socket.ReceiveAsync(_ => true);
        return socket;
    }

    private static async Task<string?> NextOrderAsync(ClientWebSocket socket) =>
        (await socket.ReceiveEventAsync("executionReport")).GetProperty("c").GetString();

    private async Task<JsonElement> SymbolAsync(string information) =>
        (await Rest.GetJsonAsync(information)).GetProperty("symbols").EnumerateArray()
            .First(symbol => symbol.GetProperty("symbol").GetString() == "BTCUSDT");

    /// <summary>What is held of the first symbol; 0 also where there is no row.</summary>
    private async Task<string?> PositionAsync()
    {
        (_, JsonElement positions, _) = await Rest.SendAsync("GET", "/fapi/v3/positionRisk");
        return positions.EnumerateArray()
            .Where(position => position.GetProperty("symbol").GetString() == "BTCUSDT")
            .Select(position => position.GetProperty("positionAmt").GetString())
            .FirstOrDefault(quantity => quantity?.Trim('0', '.').Length > 0) ?? "0";
    }
}
