using System.Net.WebSockets;
using System.Text.Json;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>Amendments and replacements over real sockets.</summary>
public sealed class ReplaceWireTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    private const string Far = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=20000";
    private const string Unpayable = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=5&price=20000";
    private const string Replace = "/api/v3/order/cancelReplace";

    private HttpClient Rest => simulator.Process.Rest;

    [Fact]
    public async Task Answers_to_amendments_have_the_documented_members()
    {
        long orderId = await PlaceAsync("amendable");
        (_, JsonElement amended, _) = await Rest.SendAsync(
            "PUT", "/api/v3/order/amend/keepPriority", $"symbol=BTCUSDT&orderId={orderId}&newQty=0.0005");
        Shape.AssertSame("rest-api.json", "Trading endpoints > Order Amend Keep Priority (TRADE)", amended, 0);
        (_, JsonElement history, _) = await Rest.SendAsync(
            "GET", "/api/v3/order/amendments", $"symbol=BTCUSDT&orderId={orderId}");
        Shape.AssertSame(
            "rest-api.json", "Account Endpoints > Query Order Amendments (USER_DATA)", history, 0);
        Assert.Equal("0.00050000", history[0].GetProperty("newQty").GetString());
        (int status, JsonElement refused, _) = await Rest.SendAsync(
            "PUT", "/api/v3/order/amend/keepPriority", $"symbol=BTCUSDT&orderId={orderId}&newQty=1");
        Assert.Equal((400, -2038), (status, refused.GetProperty("code").GetInt32()));
    }

    [Theory]
    //          mode, is there an order to cancel, the new order, status, code, cancel, new
    [InlineData("STOP_ON_FAILURE", true, Far, 200, 0, "SUCCESS", "SUCCESS")]
    [InlineData("STOP_ON_FAILURE", false, Far, 400, -2022, "FAILURE", "NOT_ATTEMPTED")]
    [InlineData("ALLOW_FAILURE", false, Unpayable, 400, -2022, "FAILURE", "FAILURE")]
    [InlineData("STOP_ON_FAILURE", true, Unpayable, 409, -2021, "SUCCESS", "FAILURE")]
    [InlineData("ALLOW_FAILURE", false, Far, 409, -2021, "FAILURE", "SUCCESS")]
    public async Task A_replacement_fails_in_parts(
        string mode, bool isThere, string order, int status, int code, string canceled, string placed)
    {
        long orderId = isThere ? await PlaceAsync($"replaced-{status}") : 999_999;
        (int answered, JsonElement body, _) = await Rest.SendAsync(
            "POST", Replace, $"{order}&cancelReplaceMode={mode}&cancelOrderId={orderId}");
        Assert.Equal(status, answered);
        Assert.Equal(code, body.TryGetProperty("code", out JsonElement given) ? given.GetInt32() : 0);
        JsonElement result = code == 0 ? body : body.GetProperty("data");
        Assert.Equal(
            (canceled, placed),
            (result.GetProperty("cancelResult").GetString(), result.GetProperty("newOrderResult").GetString()));
    }

    [Fact]
    public async Task A_failed_replacement_tells_both_halves_on_either_transport()
    {
        const string Heading = "Trading endpoints > Cancel an Existing Order and Send a New Order (TRADE)";
        long orderId = await PlaceAsync("told");
        (_, JsonElement replaced, _) = await Rest.SendAsync(
            "POST", Replace, $"{Far}&cancelReplaceMode=STOP_ON_FAILURE&cancelOrderId={orderId}");
        Shape.AssertSame("rest-api.json", Heading, replaced, 0);
        (_, JsonElement failed, _) = await Rest.SendAsync(
            "POST", Replace, $"{Far}&cancelReplaceMode=STOP_ON_FAILURE&cancelOrderId=999999");
        Shape.AssertSame("rest-api.json", Heading, failed, 1);
        using ClientWebSocket socket = await simulator.Process.ConnectAsync("/ws-api/v3");
        await socket.CallAsync("order.cancelReplace", parameters:
        [
            ("symbol", "BTCUSDT"), ("side", "BUY"), ("type", "LIMIT"), ("timeInForce", "GTC"),
            ("quantity", "0.001"), ("price", "20000"), ("cancelReplaceMode", "STOP_ON_FAILURE"),
            ("cancelOrderId", "999999"),
        ]);
        JsonElement error = (await socket.ReceiveAsync(_ => true)).GetProperty("error");
        Assert.Equal(-2022, error.GetProperty("code").GetInt32());
        Assert.Equal("FAILURE", error.GetProperty("data").GetProperty("cancelResult").GetString());
    }

    private async Task<long> PlaceAsync(string id)
    {
        (_, JsonElement placed, _) = await Rest.SendAsync("POST", "/api/v3/order", $"{Far}&newClientOrderId={id}");
        return placed.GetProperty("orderId").GetInt64();
    }
}
