using System.Buffers;
using System.Text;
using System.Text.Json;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.SharedMemory.Tables;
using Oms.Silo.Text;

namespace Oms.Silo.Tests;

public sealed class EventJsonTests : IDisposable
{
    private readonly Deployment _deployment = new();
    private readonly PlayedFastPath _fastPath;
    private readonly ListingDirectory _listings;
    private readonly EventNames _names;
    private readonly byte[][] _story;

    public EventJsonTests()
    {
        _fastPath = PlayedFastPath.Start(_deployment);
        _listings = new(_deployment.Region);
        _names = new(_listings);
        _story = [.. Enumerable.Range(1, 5).Select(_ => _fastPath.Next(PlayedFastPath.SubId))];
    }

    [Fact]
    public void A_report_says_how_the_order_is()
    {
        Assert.Equal("orders.binance.sub_spot_arb.spot.BTCUSDT", SubjectOf(_story[0]));
        Assert.Equal(
            """
            {"account":"binance/sub_spot_arb","market":"spot","symbol":"BTC/USDT","quantity":"0.01000",
            "filled_quantity":"0.00000","filled_notional":"0","price":"42000.50","side":"buy","type":"limit",
            "time_in_force":"good_till_cancel","status":"new","execution_type":"new",
            "order_id":"36028799166447617","client_order_id":"order-1","exchange_order_id":"9001",
            "exchange_time":"2026-01-31T23:59:30.000000000Z","sequence":1,"log_sequence":1,
            "time":"2026-01-31T23:59:30.010000000Z"}
            """.ReplaceLineEndings(""),
            JsonOf(_story[0]));
    }

    [Fact]
    public void A_fill_says_what_was_traded()
    {
        Assert.True(EventSubjects.IsTrade(_story[1]));
        Assert.Equal("trades.binance.sub_spot_arb.spot.BTCUSDT", SubjectOf(_story[1]));
        Assert.Equal(
            """
            {"account":"binance/sub_spot_arb","market":"spot","symbol":"BTC/USDT","side":"buy",
            "order_id":"36028799166447618","client_order_id":"order-2","execution_id":"2","trade_id":"7002",
            "price":"42000.50","quantity":"0.01000","fee":"0.00001","fee_asset":"BTC","is_maker":true,
            "order_status":"filled","filled_quantity":"0.01000",
            "exchange_time":"2026-01-31T23:59:30.000000000Z","sequence":2,"log_sequence":2,
            "time":"2026-01-31T23:59:30.020000000Z"}
            """.ReplaceLineEndings(""),
            JsonOf(_story[1]));
    }

    [Fact]
    public void A_position_says_what_is_held()
    {
        Assert.Equal("positions.binance.sub_spot_arb.spot", SubjectOf(_story[3]));
        Assert.Equal(
            """
            {"account":"binance/sub_spot_arb","market":"spot","symbol":"BTC/USDT","quantity":"-4",
            "open_notional":"0.00000005","realized_pnl":"-0.00000001","quote_fees":"0","base_fees":"0.00001",
            "sequence":4,"log_sequence":4,"time":"2026-01-31T23:59:30.040000000Z"}
            """.ReplaceLineEndings(""),
            JsonOf(_story[3]));
    }

    [Fact]
    public void A_refused_cancel_says_why()
    {
        Assert.True(ClientOrderId.TryParse("c-1", out ClientOrderId clientOrderId));
        var rejected = new CancelRejected
        {
            Header = MessageHeader.For<CancelRejected>(PlayedFastPath.SubId) with
            {
                AccountSequence = 6, LogSequence = 7, UnixNanos = 1,
            },
            OrderId = OrderId.None,
            ClientOrderId = clientOrderId,
            Status = 0,
            Reason = RejectReason.OrderUnknown,
            ExchangeErrorCode = -2011,
            InstrumentId = InstrumentId.None,
            CorrelationId = 0,
        };
        byte[] message = MessageBytes.Of(in rejected).ToArray();
        Assert.Equal("orders.binance.sub_spot_arb.none.none", SubjectOf(message));
        Assert.Equal(
            """
            {"account":"binance/sub_spot_arb","execution_type":"cancel_rejected","client_order_id":"c-1",
            "reject_reason":"order_unknown","exchange_error_code":-2011,"sequence":6,"log_sequence":7,
            "time":"1970-01-01T00:00:00.000000001Z"}
            """.ReplaceLineEndings(""),
            JsonOf(message));
    }

    [Fact]
    public void Balances_and_gates_are_not_published()
    {
        Assert.False(EventSubjects.IsPublished(MessageBytes.Header(_story[2]).Kind));
        Assert.False(EventSubjects.IsPublished(MessageBytes.Header(_story[4]).Kind));
    }

    [Theory]
    [InlineData(RejectReason.InstrumentUnknown)]
    [InlineData(RejectReason.DuplicateClientOrderId)]
    public void An_instrument_that_a_client_invented_stops_nothing(RejectReason reason)
    {
        ExecutionReport report = MessageBytes.As<ExecutionReport>(_story[0]) with
        {
            InstrumentId = new InstrumentId(77),
            Status = OrderStatus.Rejected,
            ExecutionType = ExecutionType.Rejected,
            RejectReason = reason,
            Terms = new OrderTerms { Side = (Side)9 },
        };
        byte[] message = MessageBytes.Of(in report).ToArray();
        Assert.Equal("orders.binance.sub_spot_arb.none.none", SubjectOf(message));
        using var json = JsonDocument.Parse(JsonOf(message));
        Assert.Equal("rejected", json.RootElement.GetProperty("status").GetString());
        Assert.Equal("9", json.RootElement.GetProperty("side").GetString());
        Assert.False(json.RootElement.TryGetProperty("symbol", out _));
    }

    [Fact]
    public void A_number_without_a_name_is_said_to_be_one()
    {
        NameUnknownException unknown =
            Assert.Throws<NameUnknownException>(() => _names.AccountOf(new AccountId(3)));
        Assert.Equal("FastPath's tables do not name account 3", unknown.Message);
    }

    public void Dispose()
    {
        _listings.Dispose();
        _fastPath.Dispose();
        _deployment.Dispose();
    }

    private string SubjectOf(byte[] message) => EventSubjects.Of(message, Deployment.Sub, _names);

    private string JsonOf(byte[] message)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        EventJson.Write(json, message, Deployment.Sub, _names);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
