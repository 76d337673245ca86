using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>Conditional orders and lists over real sockets.</summary>
public sealed class OrderListWireTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    private const string Oco = "/api/v3/orderList/oco";
    private const string Oto = "/api/v3/orderList/oto";
    private const string Otoco = "/api/v3/orderList/otoco";
    private const string Order = "/api/v3/order";
    private const string SellPair = "symbol=BTCUSDT&side=SELL&quantity=0.01";
    private const string BuyPair = "symbol=BTCUSDT&side=BUY&quantity=0.01";
    private const string Working =
        "symbol=BTCUSDT&workingType=LIMIT&workingSide=BUY&workingPrice=20000&workingQuantity=0.01"
            + "&workingTimeInForce=GTC&pendingSide=SELL&pendingQuantity=0.01";

    private HttpClient Rest => simulator.Process.Rest;

    [Theory]
    [InlineData(Order, "side=SELL&type=STOP_LOSS&quantity=0.01", -1102)]
    [InlineData(Order, "side=SELL&type=STOP_LOSS&quantity=0.01&stopPrice=30000&price=3", -1106)]
    [InlineData(Order, "side=SELL&type=STOP_LOSS&quantity=0.01&stopPrice=100000", -2010)]
    [InlineData(Order, "side=SELL&type=STOP_LOSS&quantity=0.01&trailingDelta=9", -1013)]
    [InlineData(Order, "side=SELL&type=MARKET&quantity=0.01&stopPrice=30000", -1106)]
    [InlineData(Order, "side=SELL&type=STOP_LOSS_LIMIT&quantity=0.01&stopPrice=30000&timeInForce=GTC", -1102)]
    [InlineData(Order, "side=BUY&type=LIMIT&quantity=0.01&price=30000&timeInForce=IOC&icebergQty=0.001", -1014)]
    [InlineData(Order, "side=BUY&type=LIMIT&quantity=0.01&price=30000&timeInForce=GTC&icebergQty=0.02", -2010)]
    [InlineData(Order, "side=BUY&type=LIMIT&quantity=0.01&price=30000&timeInForce=GTC&icebergQty=0.00009", -1013)]
    [InlineData(Oco, SellPair + "&aboveType=MARKET&belowType=STOP_LOSS&belowStopPrice=30000", -1158)]
    [InlineData(Oco, BuyPair
        + "&aboveType=LIMIT_MAKER&abovePrice=90000&belowType=TAKE_PROFIT&belowStopPrice=30000", -1165)]
    [InlineData(Oco, SellPair
        + "&aboveType=TAKE_PROFIT&aboveStopPrice=90000&belowType=LIMIT_MAKER&belowPrice=30000", -1166)]
    [InlineData(Oco, SellPair
        + "&aboveType=LIMIT_MAKER&abovePrice=90000&belowType=LIMIT_MAKER&belowPrice=30000", -1168)]
    [InlineData(Oco, BuyPair
        + "&aboveType=STOP_LOSS&aboveStopPrice=90000&belowType=STOP_LOSS&belowStopPrice=30000", -1196)]
    [InlineData(Oco, SellPair
        + "&aboveType=STOP_LOSS&aboveStopPrice=90000&belowType=STOP_LOSS&belowStopPrice=30000", -1197)]
    [InlineData(Oco, BuyPair
        + "&aboveType=TAKE_PROFIT&aboveStopPrice=90000&belowType=TAKE_PROFIT&belowStopPrice=30000", -1198)]
    [InlineData(Oco, SellPair
        + "&aboveType=TAKE_PROFIT&aboveStopPrice=90000&belowType=TAKE_PROFIT&belowStopPrice=30000", -1199)]
    [InlineData(Oco, SellPair + "&aboveType=LIMIT_MAKER&abovePrice=90000&belowType=STOP_LOSS_LIMIT&belowPrice=30000"
        + "&belowStopPrice=30000&belowTimeInForce=IOC&belowIcebergQty=0.001", -1160)]
    [InlineData(Oco, SellPair
        + "&aboveType=LIMIT_MAKER&abovePrice=90000&belowType=STOP_LOSS&belowStopPrice=80000", -2010)]
    [InlineData(Oto, Working + "&pendingType=LIMIT&pendingPrice=90000", -1102)]
    public async Task A_wrong_order_gets_the_exchanges_own_code(string path, string parameters, int code)
    {
        string symbol = path == Order ? "symbol=BTCUSDT&" : "";
        (int status, JsonElement body, _) = await Rest.SendAsync("POST", path, symbol + parameters);
        Assert.Equal((400, code), (status, body.GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task Answers_about_lists_have_the_documented_members()
    {
        (_, JsonElement oco, _) = await Rest.SendAsync(
            "POST", Oco, SellPair + "&aboveType=LIMIT_MAKER&abovePrice=90000&belowType=STOP_LOSS_LIMIT"
                + "&belowPrice=30000&belowStopPrice=30000&belowTimeInForce=GTC&belowIcebergQty=0.005");
        Shape.AssertSame(
            "rest-api.json", "Trading endpoints > Order lists > New Order list - OCO (TRADE)", oco, 0,
            optional: ["icebergQty", "stopPrice"]);
        (_, JsonElement oto, _) = await Rest.SendAsync("POST", Oto, Working + "&pendingType=MARKET");
        Shape.AssertSame(
            "rest-api.json", "Trading endpoints > Order lists > New Order list - OTO (TRADE)", oto, 0);
        Assert.Equal("PENDING_NEW", oto.GetProperty("orderReports")[1].GetProperty("status").GetString());
        (_, JsonElement otoco, _) = await Rest.SendAsync(
            "POST", Otoco, Working + "&pendingAboveType=LIMIT_MAKER&pendingAbovePrice=90000"
                + "&pendingBelowType=STOP_LOSS&pendingBelowStopPrice=15000");
        Shape.AssertSame(
            "rest-api.json", "Trading endpoints > Order lists > New Order list - OTOCO (TRADE)", otoco, 0);
        (_, JsonElement amended, _) = await Rest.SendAsync(
            "PUT", "/api/v3/order/amend/keepPriority",
            $"symbol=BTCUSDT&orderId={OrderId(oto, 1)}&newQty=0.005");
        Shape.AssertSame("rest-api.json", "Trading endpoints > Order Amend Keep Priority (TRADE)", amended, 1);
        string id = $"orderListId={oco.GetProperty("orderListId")}";
        (_, JsonElement queried, _) = await Rest.SendAsync("GET", "/api/v3/orderList", id);
        Shape.AssertSame("rest-api.json", "Account Endpoints > Query Order list (USER_DATA)", queried, 0);
        (_, JsonElement open, _) = await Rest.SendAsync("GET", "/api/v3/openOrderList");
        Shape.AssertSame("rest-api.json", "Account Endpoints > Query Open Order lists (USER_DATA)", open, 0);
        Assert.Equal(3, open.GetArrayLength());
        (_, JsonElement canceled, _) = await Rest.SendAsync("DELETE", "/api/v3/orderList", "symbol=BTCUSDT&" + id);
        Shape.AssertSame(
            "rest-api.json", "Trading endpoints > Order lists > Cancel Order list (TRADE)", canceled, 0,
            optional: ["icebergQty", "stopPrice"]);
        (_, JsonElement leg, _) = await Rest.SendAsync(
            "DELETE", Order, $"symbol=BTCUSDT&orderId={OrderId(oto, 1)}");
        Assert.Equal("ALL_DONE", leg.GetProperty("listOrderStatus").GetString());
        (_, JsonElement rest, _) = await Rest.SendAsync("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT");
        Assert.Equal(3, rest[0].GetProperty("orderReports").GetArrayLength());
        (_, JsonElement all, _) = await Rest.SendAsync("GET", "/api/v3/allOrderList");
        Assert.Equal(3, all.GetArrayLength());
        Assert.All(all.EnumerateArray(), list =>
            Assert.Equal("ALL_DONE", list.GetProperty("listOrderStatus").GetString()));
        (int status, JsonElement unknown, _) = await Rest.SendAsync("GET", "/api/v3/orderList", "orderListId=99");
        Assert.Equal((400, -2018), (status, unknown.GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task A_list_is_told_on_the_user_stream_and_taken_by_the_socket()
    {
        using ClientWebSocket socket = await simulator.Process.ConnectAsync("/ws-api/v3");
        await socket.CallAsync("userDataStream.subscribe.signature", isHmac: false);
        _ = await socket.ReceiveAsync(message => message.GetProperty("status").GetInt32() == 200);
        await socket.CallAsync("orderList.place.oco", isHmac: false, parameters:
        [
            ("symbol", "BTCUSDT"), ("side", "SELL"), ("quantity", "0.01"), ("aboveType", "TAKE_PROFIT"),
            ("aboveStopPrice", "90000"), ("belowType", "STOP_LOSS"), ("belowTrailingDelta", "2000"),
        ]);
        JsonElement born = await socket.ReceiveEventAsync("executionReport");
        Assert.Equal(
            ("NEW", "90000.00000000", false),
            (born.GetProperty("x").GetString(), born.GetProperty("P").GetString(), born.GetProperty("w").GetBoolean()));
        JsonElement trailing = await socket.ReceiveEventAsync("executionReport");
        Assert.Equal(2_000, trailing.GetProperty("d").GetInt32());
        JsonElement started = await socket.ReceiveEventAsync("listStatus");
        Shape.AssertSame(
            "user-data-stream.json", "User Data Stream Events > Order Update > Order Reject Reason", started, 0,
            "event");
        JsonElement placed = await socket.ReceiveAsync(message => message.TryGetProperty("status", out _));
        long listId = placed.GetProperty("result").GetProperty("orderListId").GetInt64();
        Assert.Equal(listId, started.GetProperty("g").GetInt64());
        await socket.CallAsync("orderList.cancel", isHmac: false, parameters:
            [("symbol", "BTCUSDT"), ("orderListId", listId.ToString(CultureInfo.InvariantCulture))]);
        JsonElement done = await socket.ReceiveEventAsync("listStatus");
        Assert.Equal("ALL_DONE", done.GetProperty("L").GetString());
    }

    private static string OrderId(JsonElement list, int index) =>
        $"{list.GetProperty("orders")[index].GetProperty("orderId")}";
}
