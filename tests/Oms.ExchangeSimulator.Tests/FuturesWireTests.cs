using System.Net.WebSockets;
using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>Futures at the real program, over real sockets.</summary>
public sealed class FuturesWireTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    private const string TradeApi = "rest-api.TradeApi";
    private const string AccountApi = "rest-api.AccountApi";
    private const string MarketApi = "rest-api.MarketDataApi";

    private HttpClient Rest => simulator.Process.Rest;

    [Theory]
    //          verb, path, parameters, status, code
    [InlineData("POST", "/fapi/v1/order", "symbol=NONE&side=BUY&type=MARKET&quantity=1", 400, -1121)]
    [InlineData("POST", "/fapi/v1/order", "symbol=BTCUSDT&side=BUY&type=STOP_MARKET&quantity=1", 400, -4120)]
    [InlineData("POST", "/fapi/v1/order", "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=50000", 400, -1102)]
    [InlineData("POST", "/fapi/v1/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&reduceOnly=true", 400, -2022)]
    [InlineData("POST", "/fapi/v1/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=50", 400, -2019)]
    [InlineData("POST", "/fapi/v1/order",
        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&positionSide=LONG", 400, -4061)]
    [InlineData("POST", "/fapi/v1/order",
        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newClientOrderId=a%20b", 400, -4015)]
    [InlineData("POST", "/fapi/v1/order",
        "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTD&goodTillDate=1&quantity=0.01&price=50000", 400, -5040)]
    [InlineData("DELETE", "/fapi/v1/order", "symbol=BTCUSDT&orderId=999999", 400, -2011)]
    [InlineData("PUT", "/fapi/v1/order", "symbol=BTCUSDT&side=BUY&orderId=999999&quantity=1&price=50000", 400, -2013)]
    [InlineData("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=nobody", 400, -2013)]
    [InlineData("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=126", 400, -4028)]
    [InlineData("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=CROSSED", 400, -4046)]
    [InlineData("POST", "/fapi/v1/positionSide/dual", "dualSidePosition=false", 400, -4059)]
    [InlineData("POST", "/fapi/v1/batchOrders", "batchOrders=[]", 400, -4082)]
    [InlineData("GET", "/fapi/v1/depth", "symbol=BTCUSDT&limit=5000", 400, -1130)]
    public async Task A_wrong_request_gets_the_exchanges_own_code(
        string verb, string path, string parameters, int status, int code)
    {
        (int answered, JsonElement body, _) = await Rest.SendAsync(verb, path, parameters);
        Assert.Equal((status, code), (answered, body.GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task An_order_is_told_on_the_private_stream_and_every_answer_has_its_documented_shape()
    {
        (_, JsonElement opened, _) = await Rest.SendAsync("POST", "/fapi/v1/listenKey");
        Shape.AssertSameAsExample("rest-api.UserDataStreamsApi", "startUserDataStream", opened);
        string key = opened.GetProperty("listenKey").GetString() ?? "";
        using ClientWebSocket socket = await simulator.Process.ConnectAsync($"/private/ws/{key}");
        // Whoever is answered listens.
        await socket.SendTextAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        _ = await socket.ReceiveAsync(message => message.TryGetProperty("id", out _));

        (_, JsonElement resting, HttpResponseMessage response) = await Rest.SendAsync(
            "POST", "/fapi/v1/order",
            "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=30000&newClientOrderId=rests");
        Assert.True(response.Headers.Contains("X-MBX-ORDER-COUNT-1M"));
        Shape.AssertSameAsExample(TradeApi, "newOrder", resting);
        JsonElement born = (await socket.ReceiveFuturesAsync("ORDER_TRADE_UPDATE")).GetProperty("o");
        Assert.Equal(("NEW", "rests"), (Text(born, "x"), Text(born, "c")));
        Assert.False(born.TryGetProperty("n", out _));
        (_, JsonElement modified, _) = await Rest.SendAsync(
            "PUT", "/fapi/v1/order", "symbol=BTCUSDT&side=BUY&origClientOrderId=rests&quantity=0.02&price=31000");
        Shape.AssertSameAsExample(TradeApi, "modifyOrder", modified);
        JsonElement amended = (await socket.ReceiveFuturesAsync("ORDER_TRADE_UPDATE")).GetProperty("o");
        Assert.Equal(("AMENDMENT", "31000"), (Text(amended, "x"), Text(amended, "p")));
        await HasShape("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=rests", TradeApi, "queryOrder",
            "activatePrice", "priceRate");
        await HasShape("GET", "/fapi/v1/openOrders", "", TradeApi, "currentAllOpenOrders",
            "activatePrice", "priceRate");
        await HasShape("GET", "/fapi/v1/allOrders", "symbol=BTCUSDT", TradeApi, "allOrders",
            "activatePrice", "priceRate");
        await HasShape("DELETE", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=rests", TradeApi, "cancelOrder",
            "activatePrice", "priceRate");

        (_, JsonElement acknowledged, _) = await Rest.SendAsync(
            "POST", "/fapi/v1/order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newClientOrderId=fills");
        Assert.Equal(("NEW", "0"), (Text(acknowledged, "status"), Text(acknowledged, "executedQty")));
        JsonElement lite = await socket.ReceiveFuturesAsync("TRADE_LITE");
        JsonElement traded = (await socket.ReceiveFuturesAsync("ORDER_TRADE_UPDATE")).GetProperty("o");
        Assert.Equal(("TRADE", "fills", "USDT"), (Text(traded, "x"), Text(traded, "c"), Text(traded, "N")));
        Assert.Equal(lite.GetProperty("t").GetInt64(), traded.GetProperty("t").GetInt64());
        JsonElement account = (await socket.ReceiveFuturesAsync("ACCOUNT_UPDATE")).GetProperty("a");
        Assert.Equal("0.01", Text(account.GetProperty("P")[0], "pa"));
        await HasShape("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT", TradeApi, "accountTradeList");
        await HasShape("GET", "/fapi/v3/positionRisk", "", TradeApi, "positionInformationV3");
        await HasShape("GET", "/fapi/v3/account", "", AccountApi, "accountInformationV3");
        await HasShape("GET", "/fapi/v3/balance", "", AccountApi, "futuresAccountBalanceV3");
        await HasShape("GET", "/fapi/v1/income", "", AccountApi, "getIncomeHistory");
        (_, JsonElement done, _) = await Rest.SendAsync(
            "POST", "/fapi/v1/order", "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.01&newOrderRespType=RESULT");
        Assert.Equal(("FILLED", "0.01"), (Text(done, "status"), Text(done, "executedQty")));

        await Rest.FaultAsync("""{"kind":"expire_listen_keys","count":1,"account":"hmac"}""");
        Assert.Equal(key, Text(await socket.ReceiveFuturesAsync("listenKeyExpired"), "listenKey"));
        (_, JsonElement extended, _) = await Rest.SendAsync("PUT", "/fapi/v1/listenKey");
        Assert.Equal(-1125, extended.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Settings_and_market_data_have_their_documented_shape()
    {
        await HasShape("POST", "/fapi/v1/leverage", "symbol=ETHUSDT&leverage=21", TradeApi, "changeInitialLeverage");
        await HasShape("GET", "/fapi/v1/symbolConfig", "", AccountApi, "symbolConfiguration");
        await HasShape("GET", "/fapi/v1/accountConfig", "", AccountApi, "futuresAccountConfiguration");
        await HasShape("GET", "/fapi/v1/positionSide/dual", "", AccountApi, "getCurrentPositionMode");
        await HasShape("GET", "/fapi/v1/leverageBracket", "", AccountApi, "notionalAndLeverageBrackets");
        await HasShape("GET", "/fapi/v1/commissionRate", "symbol=BTCUSDT", AccountApi, "userCommissionRate");
        await HasShape(
            "POST", "/fapi/v1/marginType", "symbol=ETHUSDT&marginType=ISOLATED", TradeApi, "changeMarginType");
        (_, JsonElement settings, _) = await Rest.SendAsync("GET", "/fapi/v1/symbolConfig", "symbol=ETHUSDT");
        Assert.Equal("ISOLATED", Text(settings[0], "marginType"));
        await HasShape(
            "POST", "/fapi/v1/marginType", "symbol=ETHUSDT&marginType=CROSSED", TradeApi, "changeMarginType");
        await HasShape("POST", "/fapi/v1/countdownCancelAll", "symbol=ETHUSDT&countdownTime=0", TradeApi,
            "autoCancelAllOpenOrders");
        await HasShape("DELETE", "/fapi/v1/allOpenOrders", "symbol=ETHUSDT", TradeApi, "cancelAllOpenOrders");
        await HasShape("GET", "/fapi/v1/time", "", MarketApi, "checkServerTime");
        await HasShape("GET", "/fapi/v1/depth", "symbol=BTCUSDT&limit=50", MarketApi, "orderBook");
        await HasShape("GET", "/fapi/v1/ticker/bookTicker", "symbol=BTCUSDT", MarketApi, "symbolOrderBookTicker");
        await HasShape("GET", "/fapi/v1/ticker/price", "symbol=BTCUSDT", MarketApi, "symbolPriceTicker");
        await HasShape("GET", "/fapi/v1/premiumIndex", "symbol=BTCUSDT", MarketApi, "markPrice");
        await HasShape("GET", "/fapi/v1/exchangeInfo", "", MarketApi, "exchangeInformation",
            "maxQty", "minQty", "stepSize", "limit", "notional", "multiplierUp", "multiplierDown", "multiplierDecimal");
    }

    [Fact]
    public async Task Streams_deliver_on_the_socket_of_their_category_and_only_there()
    {
        using ClientWebSocket books = await simulator.Process.ConnectAsync(
            "/public/stream?streams=btcusdt@depth@100ms/btcusdt@bookTicker/btcusdt@markPrice@1s");
        using ClientWebSocket prices = await simulator.Process.ConnectAsync("/market/ws/btcusdt@markPrice@1s");
        JsonElement first = (await books.ReceiveAsync(Is("depthUpdate"))).GetProperty("data");
        JsonElement second = (await books.ReceiveAsync(Is("depthUpdate"))).GetProperty("data");
        Assert.Equal(first.GetProperty("u").GetInt64(), second.GetProperty("pu").GetInt64());
        Shape.AssertSameAsExample("websocket-streams.PublicApi", "diffBookDepthStreams", first);
        JsonElement top = (await books.ReceiveAsync(Is("bookTicker"))).GetProperty("data");
        Shape.AssertSameAsExample("websocket-streams.PublicApi", "individualSymbolBookTickerStreams", top);
        JsonElement mark = await prices.ReceiveAsync(
            message => message.GetProperty("e").GetString() == "markPriceUpdate");
        Shape.AssertSameAsExample("websocket-streams.MarketApi", "markPriceStream", mark);
    }

    [Fact]
    public async Task Orders_of_a_batch_are_answered_one_by_one()
    {
        string orders = Uri.EscapeDataString("""
            [{"symbol":"ETHUSDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","quantity":"0.1","price":"1000",
              "newClientOrderId":"batch-1"},
             {"symbol":"ETHUSDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","quantity":"0.0001","price":"1000"}]
            """);
        (int status, JsonElement answers, HttpResponseMessage response) = await Rest.SendAsync(
            "POST", "/fapi/v1/batchOrders", $"batchOrders={orders}");
        Assert.Equal(200, status);
        Assert.True(int.Parse(response.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single()) >= 5);
        Assert.Equal("NEW", Text(answers[0], "status"));
        Assert.Equal(-1111, answers[1].GetProperty("code").GetInt32());
        string ids = Uri.EscapeDataString("""["batch-1","nobody"]""");
        (_, JsonElement canceled, _) = await Rest.SendAsync(
            "DELETE", "/fapi/v1/batchOrders", $"symbol=ETHUSDT&origClientOrderIdList={ids}");
        Assert.Equal("CANCELED", Text(canceled[0], "status"));
        Assert.Equal(-2011, canceled[1].GetProperty("code").GetInt32());
    }

    [Fact]
    public void Orders_of_a_batch_count_one_by_one_in_ten_seconds_and_as_one_in_a_minute()
    {
        const long NowMs = 1_700_000_000_000;
        UnfilledOrderCount count = new(new OrderCountLimits(10, 4) { LongWindowMs = OrderCountLimits.MinuteMs });
        count.Add(NowMs);
        Assert.Equal(3, count.OfBatch(() =>
        {
            int placed = 0;
            for (int order = 0; order < 3; order++)
            {
                Assert.Equal(RefusalReason.None, count.Check(NowMs));
                count.Add(NowMs);
                placed++;
            }

            return placed;
        }));
        count.Add(NowMs);
        Assert.Equal((5, 3), (count.Per10Seconds(NowMs), count.PerLongWindow(NowMs)));
    }

    private static Func<JsonElement, bool> Is(string kind) =>
        message => message.GetProperty("data").GetProperty("e").GetString() == kind;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private async Task HasShape(
        string verb, string path, string parameters, string file, string method, params string[] optional)
    {
        (int status, JsonElement body, _) = await Rest.SendAsync(verb, path, parameters);
        Assert.True(status == 200, $"{verb} {path}: {status} {body}");
        Shape.AssertSameAsExample(file, method, body, optional);
    }
}
