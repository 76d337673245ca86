using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Exchanges.Binance.Futures;

namespace Oms.Exchanges.Tests;

public sealed class FuturesReportTests
{
    [Fact]
    public void Fill_is_a_trade_with_its_fee_and_then_a_state()
    {
        FuturesReport report = Read(Order(WireOrderId.Format(Some.Order), """
            "x":"TRADE","X":"PARTIALLY_FILLED","l":"0.004","z":"0.006","L":"50000.1","N":"USDT","n":"0.08","t":99,
            "m":true,"R":true,"ps":"SHORT"
            """))!.Value;
        TradeSeen trade = report.Trade!.Value;
        Assert.Equal((Some.Order, 99L, 500_001L, 4L, 8_000_000L, Some.Tether, PositionSide.Short), (
            trade.OrderId, trade.TradeId, trade.Price, trade.Quantity, trade.Fee, trade.FeeAssetId,
            trade.PositionSide));
        Assert.Equal((ExchangeOrderStatus.PartiallyFilled, 6L, PositionSide.Short, true), (
            report.Order.Status, report.Order.CumulativeQuantity, report.Order.Terms.PositionSide,
            report.Order.Terms.IsReduceOnly));
    }

    [Theory]
    [InlineData("NEW", "NEW", "0", 0, false)]
    [InlineData("AMENDMENT", "NEW", "0", 0, false)]
    [InlineData("CALCULATED", "FILLED", "0.010", 7, true)]
    [InlineData("TRADE", "FILLED", "0.010", 7, true)]
    [InlineData("EXPIRED", "EXPIRED_IN_MATCH", "0", 0, false)]
    public void Order_of_the_exchange_itself_has_no_id_of_ours_and_its_fills_count(
        string execution, string status, string quantity, int trade, bool isTrade)
    {
        FuturesReport report = Read(Order("autoclose-1596107620040000020", $"""
            "o":"LIQUIDATION","x":"{execution}","X":"{status}","l":"{quantity}","z":"{quantity}","L":"50000","t":{trade}
            """))!.Value;
        Assert.True(report.Order.OrderId.IsNone);
        Assert.Equal(OrderType.Limit, report.Order.Terms.Type);
        Assert.Equal(isTrade, report.Trade is not null);
        Assert.Equal(0, report.Trade?.Fee ?? 0);
    }

    [Fact]
    public void Conditional_order_that_was_triggered_has_ended()
    {
        FuturesFrame frame = FuturesFrame.Read("""
            {"e":"ALGO_UPDATE","T":5,"E":5,"o":{"caid":"stop-1","aid":2148719,"at":"CONDITIONAL","o":"STOP_MARKET",
            "s":"BTCUSDT","S":"SELL","ps":"BOTH","f":"GTC","q":"0.01","X":"TRIGGERED","ai":"991","ap":"0","aq":"0",
            "act":"MARKET","tp":"750","p":"0","V":"EXPIRE_MAKER","wt":"CONTRACT_PRICE","pm":"NONE","cp":false,
            "pP":false,"R":true,"tt":4,"gtd":0,"rm":""}}
            """u8);
        OrderSeen seen = FuturesReport.ReadAlgo(frame, Some.Futures(), Some.Account(1, Market.Futures))!.Value;
        Assert.Equal((AlgoOrderId.Of(2148719), ExchangeOrderStatus.Expired, OrderType.Market, 10L, true), (
            seen.ExchangeOrderId, seen.Status, seen.Terms.Type, seen.Terms.Quantity, seen.Terms.IsReduceOnly));
    }

    [Fact]
    public void Payment_of_funding_is_told_by_its_reason()
    {
        FuturesFrame frame = FuturesFrame.Read("""
            {"e":"ACCOUNT_UPDATE","E":2,"T":1,"st":1,"a":{"B":[{"a":"USDT","wb":"1","cw":"1","bc":"0"}],"P":[],
            "m":"FUNDING_FEE","brandNew":{"m":"ORDER"}}}
            """u8);
        Assert.True(frame.EventType.SequenceEqual("ACCOUNT_UPDATE"u8));
        Assert.True(frame.Reason.SequenceEqual("FUNDING_FEE"u8));
    }

    [Theory]
    [InlineData("ASSET_TRANSFER", "-12.50000000", -1_250_000_000)]
    [InlineData("DEPOSIT", "0.00000001", 1)]
    [InlineData("ADMIN_WITHDRAW", "-1", -100_000_000)]
    [InlineData("ORDER", "5", 0)]
    [InlineData("FUNDING_FEE", "5", 0)]
    [InlineData("MARGIN_TYPE_CHANGE", "0", 0)]
    public void What_moves_in_a_wallet_beside_trades_and_funding_is_told(string reason, string change, long amount)
    {
        FuturesFrame frame = FuturesFrame.Read(Encoding.UTF8.GetBytes($$"""
            {"e":"ACCOUNT_UPDATE","E":2,"T":7,"a":{"m":"{{reason}}","B":[
            {"a":"USDT","wb":"122624.12345678","cw":"100.12345678","bc":"{{change}}"},
            {"a":"LDUSDT","wb":"1","cw":"0","bc":"{{change}}"}],"P":[]} }
            """));
        BalanceMoved[] moves = WalletMoves.IsMove(in frame)
            ? [.. WalletMoves.Read(in frame, Some.Futures(), new AccountId(3))]
            : [];
        Assert.Equal(amount == 0 ? [] : new[] { (3u, Some.Tether, Market.Futures, amount, 7_000_000L) }, moves.Select(
            moved => (moved.Header.AccountId.Value, moved.AssetId, moved.Market, moved.Amount,
                moved.ExchangeUnixNanos)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"e\":\"ORDER_TRADE_UPDATE\",\"o\":{\"i\":1.5}}")]
    public void What_is_not_as_documented_is_no_event(string text) =>
        Assert.ThrowsAny<JsonException>(() => { _ = FuturesFrame.Read(Encoding.UTF8.GetBytes(text)); });

    [Fact]
    public void Mark_is_read_alone_and_in_a_combined_stream()
    {
        const string Mark = """
            {"e":"markPriceUpdate","E":1562305380000,"s":"BTCUSDT","p":"11794.15000000","i":"1","P":"1","r":"0","T":2}
            """;
        foreach (string text in new[] { Mark, $$"""{"stream":"btcusdt@markPrice@1s","data":{{Mark}}}""" })
        {
            MarkFrame frame = MarkFrame.Read(Encoding.UTF8.GetBytes(text));
            Assert.True(frame.IsMark && frame.Symbol.SequenceEqual("BTCUSDT"u8));
            Assert.Equal("11794.15000000", Encoding.UTF8.GetString(frame.Price));
        }
    }

    private static string Order(string clientOrderId, string members) => $$"""
        {"e":"ORDER_TRADE_UPDATE","E":1700000000123,"T":1700000000120,"o":{"s":"BTCUSDT","S":"SELL","o":"LIMIT",
        "f":"GTC","q":"0.010","p":"50000","ap":"0","sp":"0","i":42,"T":1700000000120,"b":"0","a":"0","wt":"X",
        "c":"{{clientOrderId}}",{{members}} } }
        """;

    private static FuturesReport? Read(string text) => FuturesReport.Read(
        FuturesFrame.Read(Encoding.UTF8.GetBytes(text)), Some.Futures(), Some.Account(1, Market.Futures),
        NullLogger.Instance);
}
