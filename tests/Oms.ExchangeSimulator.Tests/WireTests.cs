using System.Net.WebSockets;
using System.Text.Json;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>The real program, over real sockets.</summary>
public sealed class WireTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    private HttpClient Rest => simulator.Process.Rest;

    [Theory]
    //          verb, path, parameters, status, code
    [InlineData("POST", "/api/v3/order", "side=BUY&type=MARKET&quantity=1", 400, -1102)]
    [InlineData("POST", "/api/v3/order", "symbol=NONE&side=BUY&type=MARKET&quantity=1", 400, -1121)]
    [InlineData("POST", "/api/v3/order", "symbol=BTCUSDT&side=UP&type=MARKET&quantity=1", 400, -1117)]
    [InlineData("POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=STOP&quantity=1", 400, -1116)]
    [InlineData("POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=MARKET", 400, -1102)]
    [InlineData("POST", "/api/v3/order",
        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&quoteOrderQty=1", 400, -1128)]
    [InlineData("POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=1", 400, -1102)]
    [InlineData("POST", "/api/v3/order",
        "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=1&timeInForce=DAY", 400, -1115)]
    [InlineData(
        "POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.123456789", 400, -1111)]
    [InlineData("POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1e2", 400, -1100)]
    [InlineData("POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.000001", 400, -1013)]
    [InlineData("POST", "/api/v3/order", "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=70", 400, -2010)]
    [InlineData("POST", "/api/v3/order",
        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newClientOrderId=a%20b", 400, -1100)]
    [InlineData("DELETE", "/api/v3/order", "symbol=BTCUSDT", 400, -1102)]
    [InlineData("DELETE", "/api/v3/order", "symbol=BTCUSDT&orderId=999999", 400, -2011)]
    [InlineData("DELETE", "/api/v3/order", "symbol=BTCUSDT&orderId=1&cancelRestrictions=X", 400, -1145)]
    [InlineData("DELETE", "/api/v3/openOrders", "symbol=ETHUSDT", 400, -2011)]
    [InlineData("GET", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=nobody", 400, -2013)]
    public async Task A_wrong_request_gets_the_exchanges_own_code(
        string verb, string path, string parameters, int status, int code)
    {
        (int answered, JsonElement body, _) = await Rest.SendAsync(verb, path, parameters);
        Assert.Equal((status, code), (answered, body.GetProperty("code").GetInt32()));
        Assert.NotEmpty(body.GetProperty("msg").GetString() ?? "");
    }

    [Theory]
    [InlineData(null, "timestamp=1&signature=00", 401, -2014)]
    [InlineData("nobody", "timestamp=1&signature=00", 401, -2015)]
    [InlineData(SimulatorProcess.HmacKey, "signature=00", 400, -1102)]
    [InlineData(SimulatorProcess.HmacKey, "timestamp=1", 400, -1102)]
    [InlineData(SimulatorProcess.HmacKey, "timestamp=1&signature=00", 400, -1022)]
    public async Task A_request_that_is_not_its_owners_is_refused(
        string? key, string query, int status, int code)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"/api/v3/account?{query}");
        if (key is not null)
        {
            request.Headers.Add("X-MBX-APIKEY", key);
        }

        HttpResponseMessage response = await Rest.SendAsync(request);
        using JsonDocument body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(
            (status, code), ((int)response.StatusCode, body.RootElement.GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task An_order_is_told_on_the_user_stream_from_its_birth_to_its_end()
    {
        using ClientWebSocket socket = await simulator.Process.ConnectAsync("/ws-api/v3");
        await socket.CallAsync("userDataStream.subscribe.signature");
        _ = await socket.ReceiveAsync(message => message.GetProperty("status").GetInt32() == 200);
        (_, JsonElement placed, HttpResponseMessage response) = await Rest.SendAsync(
            "POST", "/api/v3/order",
            "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001&newClientOrderId=told");
        Assert.Equal("FILLED", placed.GetProperty("status").GetString());
        Assert.True(response.Headers.Contains("X-MBX-ORDER-COUNT-10S"));
        Assert.True(response.Headers.Contains("X-MBX-USED-WEIGHT-1M"));
        JsonElement born = await socket.ReceiveEventAsync("executionReport");
        Assert.Equal(("NEW", "told"), (born.GetProperty("x").GetString(), born.GetProperty("c").GetString()));
        JsonElement traded = await socket.ReceiveEventAsync("executionReport");
        Assert.Equal(
            ("TRADE", "FILLED"), (traded.GetProperty("x").GetString(), traded.GetProperty("X").GetString()));
        Assert.Equal(
            placed.GetProperty("fills")[0].GetProperty("tradeId").GetInt64(),
            traded.GetProperty("t").GetInt64());
        JsonElement balances = await socket.ReceiveEventAsync("outboundAccountPosition");
        Assert.Equal(2, balances.GetProperty("B").GetArrayLength());
        Shape.AssertSame(
            "user-data-stream.json", "User Data Stream Events > Order Update", born, 0, "event",
            optional: ["v"]);
        Shape.AssertSame(
            "user-data-stream.json", "User Data Stream Events > Account Update", balances, 0, "event");
    }

    [Fact]
    public async Task A_cancel_names_itself_and_the_order()
    {
        using ClientWebSocket socket = await simulator.Process.ConnectAsync("/ws-api/v3");
        await socket.CallAsync("userDataStream.subscribe.signature");
        _ = await socket.ReceiveAsync(message => message.GetProperty("status").GetInt32() == 200);
        _ = await Rest.SendAsync(
            "POST", "/api/v3/order",
            "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=20000"
                + "&newClientOrderId=victim");
        (_, JsonElement canceled, _) = await Rest.SendAsync(
            "DELETE", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=victim&newClientOrderId=killer");
        Shape.AssertSame("rest-api.json", "Trading endpoints > Cancel order (TRADE)", canceled, 0);
        _ = await socket.ReceiveEventAsync("executionReport");
        JsonElement told = await socket.ReceiveEventAsync("executionReport");
        Assert.Equal(
            ("CANCELED", "killer", "victim"),
            (Text(told, "X"), Text(told, "c"), Text(told, "C")));
    }

    [Fact]
    public async Task Answers_have_the_documented_members_of_the_documented_kinds()
    {
        const string New = "Trading endpoints > New order (TRADE)";
        const string Order = "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.001&newOrderRespType=";
        Shape.AssertSame(
            "rest-api.json", New, (await Rest.SendAsync("POST", "/api/v3/order", Order + "ACK")).Body, 0);
        Shape.AssertSame(
            "rest-api.json", New, (await Rest.SendAsync("POST", "/api/v3/order", Order + "RESULT")).Body, 1);
        Shape.AssertSame(
            "rest-api.json", New, (await Rest.SendAsync("POST", "/api/v3/order", Order + "FULL")).Body, 2);
        (string Heading, string Path, string Parameters)[] queries =
        [
            ("Account Endpoints > Account information (USER_DATA)", "/api/v3/account", ""),
            ("Account Endpoints > Account trade list (USER_DATA)", "/api/v3/myTrades", "symbol=BTCUSDT"),
            ("Account Endpoints > Query Unfilled Order Count (USER_DATA)", "/api/v3/rateLimit/order", ""),
            ("Account Endpoints > Query Commission Rates (USER_DATA)", "/api/v3/account/commission",
                "symbol=BTCUSDT"),
            ("Market Data endpoints > Order book", "/api/v3/depth", "symbol=BTCUSDT&limit=5"),
            ("Market Data endpoints > Recent trades list", "/api/v3/trades", "symbol=BTCUSDT"),
        ];
        foreach ((string heading, string path, string parameters) in queries)
        {
            Shape.AssertSame(
                "rest-api.json", heading, (await Rest.SendAsync("GET", path, parameters)).Body, 0);
        }

        JsonElement rules = await Rest.GetJsonAsync("/api/v3/exchangeInfo");
        Shape.AssertSame(
            "rest-api.json", "General endpoints > Exchange information", rules, 0,
            optional: ["sors", "rateLimits", "rateLimitType", "interval", "intervalNum", "limit"]);
    }

    [Fact]
    public async Task A_session_is_for_ed25519_keys_only_and_then_places_without_a_signature()
    {
        using ClientWebSocket socket = await simulator.Process.ConnectAsync("/ws-api/v3");
        await socket.CallAsync("session.logon");
        JsonElement refused = await socket.ReceiveAsync(_ => true);
        Assert.Equal(400, refused.GetProperty("status").GetInt32());
        await socket.CallAsync("session.logon", isHmac: false);
        JsonElement accepted = await socket.ReceiveAsync(_ => true);
        Assert.Equal(
            SimulatorProcess.Ed25519Key, accepted.GetProperty("result").GetProperty("apiKey").GetString());
        await socket.SendTextAsync("""{"id":1,"method":"userDataStream.subscribe"}""");
        Assert.Equal(0, SubscriptionId(await socket.ReceiveAsync(_ => true)));
        await socket.CallAsync("userDataStream.subscribe.signature");
        Assert.Equal(1, SubscriptionId(await socket.ReceiveAsync(_ => true)));
        long nowMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await socket.SendTextAsync($$$"""
            {"id":"place","method":"order.place","params":{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT",
             "timeInForce":"GTC","quantity":"0.001","price":"20000","timestamp":{{{nowMs}}}}}
            """);
        JsonElement placed = await socket.ReceiveAsync(message => message.TryGetProperty("status", out _));
        Assert.Equal("NEW", placed.GetProperty("result").GetProperty("status").GetString());
        Assert.Equal(3, placed.GetProperty("rateLimits").GetArrayLength());
        await socket.SendTextAsync("""{"id":2,"method":"session.logout"}""");
        JsonElement left = await socket.ReceiveAsync(message => message.TryGetProperty("status", out _));
        Assert.Equal(JsonValueKind.Null, left.GetProperty("result").GetProperty("apiKey").ValueKind);
    }

    [Fact]
    public async Task Market_streams_are_subscribed_by_address_or_by_request()
    {
        using ClientWebSocket raw = await simulator.Process.ConnectAsync("/ws/btcusdt@depth@100ms");
        JsonElement diff = await raw.ReceiveAsync(_ => true);
        Assert.Equal("depthUpdate", diff.GetProperty("e").GetString());
        using ClientWebSocket combined = await simulator.Process.ConnectAsync(
            "/stream?streams=btcusdt@bookTicker");
        JsonElement top = await combined.ReceiveAsync(_ => true);
        Assert.Equal("btcusdt@bookTicker", top.GetProperty("stream").GetString());
        await combined.SendTextAsync("""{"method":"SUBSCRIBE","params":["ethusdt@depth"],"id":7}""");
        JsonElement reply = await combined.ReceiveAsync(message => message.TryGetProperty("id", out _));
        Assert.Equal(7, reply.GetProperty("id").GetInt32());
        _ = await combined.ReceiveAsync(message =>
            message.TryGetProperty("stream", out JsonElement name) && name.GetString() == "ethusdt@depth");
        await combined.SendTextAsync("""{"method":"LIST_SUBSCRIPTIONS","id":8}""");
        JsonElement list = await combined.ReceiveAsync(message => message.TryGetProperty("id", out _));
        Assert.Equal(2, list.GetProperty("result").GetArrayLength());
    }

    [Fact]
    public async Task Faults_leave_the_client_in_doubt_and_the_ledger_knows()
    {
        const string Order = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=20000";
        await Rest.FaultAsync("""{"kind":"http_503_before_accept","count":1}""");
        Assert.Equal(
            503, (await Rest.SendAsync("POST", "/api/v3/order", Order + "&newClientOrderId=before")).Status);
        await Rest.FaultAsync("""{"kind":"http_503_after_accept","count":1,"account":"hmac"}""");
        Assert.Equal(
            503, (await Rest.SendAsync("POST", "/api/v3/order", Order + "&newClientOrderId=after")).Status);
        await Rest.FaultAsync("""{"kind":"timeout_after_accept","count":1}""");
        using CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(500));
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Rest.SendAsync(
            "POST", "/api/v3/order", Order + "&newClientOrderId=silent", patience.Token));
        string ledger = (await Rest.GetJsonAsync("/sim/ledger")).GetRawText();
        Assert.DoesNotContain("\"before\"", ledger, StringComparison.Ordinal);
        Assert.Contains("\"after\"", ledger, StringComparison.Ordinal);
        Assert.Contains("\"silent\"", ledger, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_streams_are_dropped_on_demand()
    {
        using ClientWebSocket socket = await simulator.Process.ConnectAsync("/ws-api/v3");
        await socket.CallAsync("userDataStream.subscribe.signature", isHmac: false);
        _ = await socket.ReceiveAsync(_ => true);
        await Rest.FaultAsync("""{"kind":"drop_user_streams","count":10,"account":"ed"}""");
        _ = await Assert.ThrowsAsync<WebSocketException>(() => socket.ReceiveAsync(_ => false));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static int SubscriptionId(JsonElement reply) =>
        reply.GetProperty("result").GetProperty("subscriptionId").GetInt32();
}
