using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Exchanges.Binance.Spot;

namespace Oms.Exchanges.Tests;

public sealed class UserDataTests
{
    [Fact]
    public void Documented_samples_read_as_a_slow_reader_reads_them()
    {
        string[] files =
        [
            Recordings.Path("payloads", "binance-spot-docs-examples", "user-data-stream.json"),
            Recordings.Path(
                "payloads", "binance-official-connector-examples",
                "spot.websocket-api.UserDataStreamApi.json"),
        ];
        int events = 0;
        int reports = 0;
        foreach (JsonElement sample in files.SelectMany(Frames))
        {
            UserDataFrame frame = UserDataFrame.Read(Encoding.UTF8.GetBytes(sample.GetRawText()));
            if (!sample.TryGetProperty("event", out JsonElement element))
            {
                Assert.True(frame.EventType.IsEmpty);
                Assert.Equal(200, frame.HttpStatus);
                continue;
            }

            events++;
            Assert.Equal(element.GetProperty("e").GetString(), Encoding.UTF8.GetString(frame.EventType));
            Assert.Equal(
                sample.TryGetProperty("subscriptionId", out JsonElement id) ? id.GetInt32() : -1,
                frame.SubscriptionId);
            if (frame.EventType.SequenceEqual("executionReport"u8))
            {
                reports++;
                AssertSame(element, frame);
            }
        }

        Assert.True(events >= 6);
        Assert.True(reports >= 1);
    }

    [Fact]
    public void Fill_is_a_trade_and_then_a_state()
    {
        StreamReport report = Read(Event("""
            "e":"executionReport","E":1700000000123,"s":"BTCUSDT","c":"oms-0-1-7","S":"BUY","C":"",
            "x":"TRADE",
            "X":"PARTIALLY_FILLED","i":42,"l":"0.00400000","z":"0.00600000","L":"50000.10000000",
            "n":"0.00000400",
            "N":"BTC","T":1700000000120,"t":99,"I":1234,"w":false,"m":true,"brandNew":{"c":"not this"},"Z":"1"
            """))!.Value;
        TradeSeen trade = report.Trade!.Value;
        Assert.Equal(
            (Some.Order, 42L, 99L, 1234L, 50_000_10L, 400L, 400L, Some.BitcoinAsset, (byte)1),
            (trade.OrderId, trade.ExchangeOrderId, trade.TradeId, trade.ExecutionId, trade.Price,
                trade.Quantity,
                trade.Fee, trade.FeeAssetId, trade.IsMaker));
        Assert.Equal(1_700_000_000_120_000_000, trade.ExchangeUnixNanos);
        Assert.Equal(EvidenceSource.Stream, trade.Source);
        Assert.Equal(
            (Some.Order, ExchangeOrderStatus.PartiallyFilled, 600, Some.Bitcoin),
            (report.Order.OrderId, report.Order.Status, report.Order.CumulativeQuantity,
                report.Order.InstrumentId));
        Assert.Equal(new(1), report.Order.Header.AccountId);
    }

    [Theory]
    [InlineData("NEW", "NEW", ExchangeOrderStatus.New)]
    [InlineData("CANCELED", "CANCELED", ExchangeOrderStatus.Canceled)]
    [InlineData("EXPIRED", "EXPIRED", ExchangeOrderStatus.Expired)]
    [InlineData("TRADE_PREVENTION", "EXPIRED_IN_MATCH", ExchangeOrderStatus.Expired)]
    [InlineData("REJECTED", "REJECTED", ExchangeOrderStatus.Rejected)]
    public void What_is_no_fill_is_a_state_alone(
        string execution, string status, ExchangeOrderStatus expected)
    {
        // Written in another order than the documentation's, with the event before its subscription.
        StreamReport report = Read($$$"""
            {"event":{"t":-1,"N":null,"n":"0","z":"0.00000000","l":"0.00000000","L":"0.00000000","i":42,
            "X":"{{{status}}}","x":"{{{execution}}}","C":"oms-0-1-7","c":"web_cancel","s":"BTCUSDT","T":1,
            "e":"executionReport"},"subscriptionId":3}
            """)!.Value;
        Assert.Null(report.Trade);
        Assert.Equal((Some.Order, expected), (report.Order.OrderId, report.Order.Status));
    }

    [Theory]
    [InlineData("web_0123")]
    [InlineData("oms-0-1")]
    public void Order_that_is_not_ours_is_reported_without_an_id_of_ours(string clientOrderId)
    {
        OrderSeen order = Read(OpenOrder(clientOrderId, "BTCUSDT"))!.Value.Order;
        Assert.True(order.OrderId.IsNone);
        Assert.Equal(
            (1, Some.Bitcoin, ExchangeOrderStatus.New),
            (order.ExchangeOrderId, order.InstrumentId, order.Status));
        Assert.Equal(
            (Side.Buy, OrderType.Limit, 50_000_00, 1_000),
            (order.Terms.Side, order.Terms.Type, order.Terms.Price, order.Terms.Quantity));
    }

    [Fact]
    public void Order_of_a_symbol_that_is_not_listed_is_no_report() =>
        Assert.Null(Read(OpenOrder("oms-0-1-7", "DOGEUSDT")));

    [Theory]
    [InlineData("\"X\":\"NEW\",\"z\":\"0.000001\"", "is not exact at 5 decimals")]
    [InlineData("\"X\":\"NEW\",\"z\":\"1e2\"", "is not exact")]
    [InlineData("\"X\":\"DREAMING\",\"z\":\"0\"", "status 'DREAMING' is not known")]
    public void What_cannot_be_told_exactly_is_not_told(string members, string reason)
    {
        FormatException exception = Assert.Throws<FormatException>(() => Read(Event(
            $"""
            "e":"executionReport","s":"BTCUSDT","c":"oms-0-1-7","C":"","x":"NEW","i":1,"T":1,{members}
            """)));
        Assert.Contains(reason, exception.Message);
    }

    [Fact]
    public void Fee_of_an_asset_that_is_not_configured_does_not_lose_the_fill()
    {
        StreamReport report = Read(Event("""
            "e":"executionReport","s":"BTCUSDT","c":"oms-0-1-7","C":"","x":"TRADE","X":"FILLED","i":42,
            "l":"0.01000000",
            "z":"0.01000000","L":"1.00","n":"0.00000400","N":"BNB","T":1,"t":99,"I":1,"m":false
            """))!.Value;
        Assert.Equal((0, 1000), (report.Trade!.Value.Fee, report.Trade!.Value.Quantity));
        Assert.True(report.Trade!.Value.FeeAssetId.IsNone);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"event\":{\"e\":\"executionReport\"")]
    [InlineData("{\"subscriptionId\":\"one\"}")]
    [InlineData("{\"event\":{\"i\":1.5}}")]
    public void Malformed_frame_says_so(string text) =>
        Assert.ThrowsAny<JsonException>(() => _ = UserDataFrame.Read(Encoding.UTF8.GetBytes(text)).RequestId);

    [Fact]
    public void Refused_request_carries_code_and_text()
    {
        UserDataFrame frame = UserDataFrame.Read(
            """
            {"id":12,"status":400,"error":{"code":-2015,"msg":"Invalid \"key\"","data":{"x":[1]}},
            "rateLimits":[]}
            """u8);
        Assert.Equal((12, 400, -2015), (frame.RequestId, frame.HttpStatus, frame.ErrorCode));
        Assert.Equal("Invalid \"key\"", Encoding.UTF8.GetString(frame.ErrorText));
    }

    private static string OpenOrder(string clientOrderId, string symbol) => Event(
        $"""
        "e":"executionReport","s":"{symbol}","c":"{clientOrderId}","C":"","x":"NEW","X":"NEW","i":1,"z":"0",
        "S":"BUY","o":"LIMIT","f":"GTC","p":"50000.00","q":"0.01","T":1
        """);

    private static string Event(string members) => "{\"subscriptionId\":3,\"event\":{" + members + "}}";

    private static StreamReport? Read(string text)
    {
        UserDataFrame frame = UserDataFrame.Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal(3, frame.SubscriptionId);
        return StreamReport.Read(frame, Some.Catalog(), Some.Account(), NullLogger.Instance);
    }

    private static void AssertSame(JsonElement sample, UserDataFrame frame)
    {
        Assert.Equal(sample.GetProperty("s").GetString(), Encoding.UTF8.GetString(frame.Symbol));
        Assert.Equal(sample.GetProperty("c").GetString(), Encoding.UTF8.GetString(frame.ClientOrderId));
        Assert.Equal(
            sample.GetProperty("C").GetString(), Encoding.UTF8.GetString(frame.OriginalClientOrderId));
        Assert.Equal(sample.GetProperty("x").GetString(), Encoding.UTF8.GetString(frame.ExecutionType));
        Assert.Equal(sample.GetProperty("X").GetString(), Encoding.UTF8.GetString(frame.OrderStatus));
        Assert.Equal(sample.GetProperty("z").GetString(), Encoding.UTF8.GetString(frame.CumulativeQuantity));
        Assert.Equal(sample.GetProperty("i").GetInt64(), frame.OrderId);
        Assert.Equal(sample.GetProperty("I").GetInt64(), frame.ExecutionId);
        Assert.Equal(sample.GetProperty("t").GetInt64(), frame.TradeId);
        Assert.Equal(sample.GetProperty("T").GetInt64(), frame.TransactionUnixMs);
    }

    private static IEnumerable<JsonElement> Frames(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonProperty section in document.RootElement.Clone().EnumerateObject())
        {
            IEnumerable<JsonElement> samples = section.Value.ValueKind == JsonValueKind.Array
                ? section.Value.EnumerateArray()
                : [section.Value];
            foreach (JsonElement sample in samples.Where(sample => sample.ValueKind == JsonValueKind.Object))
            {
                yield return sample;
            }
        }
    }
}
