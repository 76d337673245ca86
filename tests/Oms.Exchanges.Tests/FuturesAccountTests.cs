using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Exchanges.Binance;
using Oms.Exchanges.Binance.Budget;
using Oms.Exchanges.Binance.Futures;

namespace Oms.Exchanges.Tests;

public sealed class FuturesAccountTests : IDisposable
{
    private FuturesMarket? _exchange;

    public void Dispose() => _exchange?.Dispose();

    [Fact]
    public async Task New_order_is_acknowledged_with_its_terms_and_nothing_filled()
    {
        await using var server = new ScriptedExchange(request => new(200, """
            {"orderId":42,"symbol":"BTCUSDT","status":"NEW","clientOrderId":"oms-0-1-7","price":"50001","origQty":"1",
            "executedQty":"0","cumQty":"0","timeInForce":"GTC","type":"LIMIT","reduceOnly":true,"side":"SELL",
            "positionSide":"BOTH","updateTime":5}
            """.Replace("oms-0-1-7", WireOrderIdOf(request.Parameters), StringComparison.Ordinal)));
        SubmitOrder order = Some.Submit(at: DateTimeOffset.UtcNow) with
        {
            Terms = new OrderTerms
            {
                Side = Side.Sell,
                Type = OrderType.Limit,
                TimeInForce = TimeInForce.GoodTillCancel,
                Price = 500_010,
                Quantity = 1_000,
                Flags = OrderFlags.ReduceOnly | OrderFlags.PostOnly,
            },
        };
        var placed = Assert.IsType<Outcome<OrderEvidence>.Accepted>(
            await Account(server).Place(order, CancellationToken.None));
        Assert.Equal((42, ExchangeOrderStatus.New, 0), (
            placed.Reply.Order.ExchangeOrderId, placed.Reply.Order.Status, placed.Reply.Order.CumulativeQuantity));
        Assert.True(placed.Reply.Order.Terms.IsReduceOnly);
        ScriptedRequest sent = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/fapi/v1/order"), (sent.Method, sent.Path));
        Assert.StartsWith(
            "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTX&price=50001&reduceOnly=true&quantity=1&newClient",
            sent.Parameters, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_names_the_order_and_all_of_its_new_terms()
    {
        await using var server = new ScriptedExchange(_ => new(200, """
            {"orderId":42,"symbol":"BTCUSDT","status":"NEW","clientOrderId":"oms","price":"50001.5","origQty":"0.5",
            "executedQty":"0","timeInForce":"GTC","type":"LIMIT","side":"BUY","positionSide":"LONG","updateTime":5}
            """));
        var amended = Assert.IsType<Outcome<OrderSeen>.Accepted>(await Account(server).Amend(
            new SubmitAmend
            {
                Header = MessageHeader.For<SubmitAmend>(new(1)) with
                {
                    UnixNanos = UnixNanos.Of(DateTimeOffset.UtcNow).Value,
                },
                Session = 1,
                OrderId = Some.Order,
                ExchangeOrderId = 42,
                InstrumentId = Some.Bitcoin,
                Terms = new OrderTerms { Side = Side.Buy, Type = OrderType.Limit, Price = 500_015, Quantity = 500 },
            },
            CancellationToken.None));
        Assert.Equal((500_015L, 500L, PositionSide.Long), (
            amended.Reply.Terms.Price, amended.Reply.Terms.Quantity, amended.Reply.Terms.PositionSide));
        ScriptedRequest sent = Assert.Single(server.Requests);
        Assert.Equal("PUT", sent.Method);
        Assert.StartsWith(
            "symbol=BTCUSDT&orderId=42&side=BUY&quantity=0.5&price=50001.5", sent.Parameters, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_of_open_orders_has_ordinary_and_conditional_ones()
    {
        await using var server = new ScriptedExchange(request => new(200, request.Path switch
        {
            _ when !request.Parameters.StartsWith("symbol=BTCUSDT&", StringComparison.Ordinal) => "[]",
            "/fapi/v1/openOrders" => $"[{Example("TradeApi", "queryOrder")}]",
            "/fapi/v1/openAlgoOrders" =>
                Example("TradeApi", "currentAllAlgoOpenOrders").Replace("BNBUSDT", "BTCUSDT", StringComparison.Ordinal),
            _ => "{}",
        }));
        var open = Assert.IsType<Outcome<System.Collections.Immutable.ImmutableArray<OrderSeen>>.Accepted>(
            await Account(server).QueryOpenOrders(CancellationToken.None));
        Assert.Equal(2, open.Reply.Length);
        Assert.Equal((1573346959L, true, 400L), (
            open.Reply[0].ExchangeOrderId, open.Reply[0].OrderId.IsNone, open.Reply[0].Terms.Quantity));
        Assert.True(AlgoOrderId.TryRead(open.Reply[1].ExchangeOrderId, out long algoId));
        Assert.Equal((2148627L, ExchangeOrderStatus.New, 10L, 7_500L), (
            algoId, open.Reply[1].Status, open.Reply[1].Terms.Quantity, open.Reply[1].Terms.Price));
        // Two listings cost less one by one than all symbols at once.
        Assert.Equal(
            ["openOrders BTCUSDT", "openOrders ETHUSDT", "openAlgoOrders BTCUSDT", "openAlgoOrders ETHUSDT"],
            server.Requests.Select(
                request => $"{request.Path.Split('/')[^1]} {request.Parameters.Split('&')[0].Split('=')[^1]}"));
    }

    [Fact]
    public async Task Evidence_of_positions_names_each_listing_with_its_leverage()
    {
        await using var server = new ScriptedExchange(request => new(200, request.Path switch
        {
            "/fapi/v1/symbolConfig" => """
                [{"symbol":"BTCUSDT","marginType":"CROSSED","leverage":21,"maxNotionalValue":"1"},
                 {"symbol":"ETHUSDT","marginType":"CROSSED","leverage":5,"maxNotionalValue":"1"}]
                """,
            _ => """
                [{"symbol":"BTCUSDT","positionSide":"SHORT","positionAmt":"-0.500","entryPrice":"50000.2"}]
                """,
        }));
        var seen = Assert.IsType<Outcome<System.Collections.Immutable.ImmutableArray<PositionSeen>>.Accepted>(
            await Account(server).QueryPositions(CancellationToken.None));
        Assert.Equal(
            [
                (1u, PositionSide.Short, 21, -50_000_000L, -25_000_10000000L),
                (2u, PositionSide.Both, 5, 0L, 0L),
            ],
            seen.Reply.Select(position => (
                position.InstrumentId.Value, position.PositionSide, (int)position.Leverage, position.Quantity,
                position.EntryNotional)));
    }

    [Fact]
    public async Task What_others_filled_is_told_trade_by_trade_and_what_is_ours_is_not()
    {
        const string Order = """
            "symbol":"BTCUSDT","price":"50000","origQty":"1","timeInForce":"IOC","type":"LIMIT","side":"SELL",
            "positionSide":"BOTH","updateTime":5
            """;
        await using var server = new ScriptedExchange(request => new(200, request.Path switch
        {
            _ when !request.Parameters.StartsWith("symbol=BTCUSDT&", StringComparison.Ordinal) => "[]",
            "/fapi/v1/allOrders" => $$"""
                [{"orderId":7,"status":"FILLED","clientOrderId":"adl_autoclose","executedQty":"1",{{Order}}},
                 {"orderId":8,"status":"CANCELED","clientOrderId":"by-hand","executedQty":"0",{{Order}}},
                 {"orderId":9,"status":"FILLED","clientOrderId":"{{WireOrderId.Format(Some.Order)}}",
                  "executedQty":"1",{{Order}}}]
                """,
            _ => """
                [{"symbol":"BTCUSDT","id":70,"orderId":7,"side":"SELL","price":"50001","qty":"1","commission":"0.5",
                  "commissionAsset":"USDT","time":6,"buyer":false,"maker":false,"positionSide":"BOTH"}]
                """,
        }));
        var told = Assert.IsType<Outcome<System.Collections.Immutable.ImmutableArray<TradeSeen>>.Accepted>(
            await Account(server).QueryTradesOfOthers(CancellationToken.None));
        TradeSeen trade = Assert.Single(told.Reply);
        Assert.Equal((7L, 70L, true, Side.Sell, 1_000L), (
            trade.ExchangeOrderId, trade.TradeId, trade.OrderId.IsNone, trade.Side, trade.Quantity));
        Assert.Single(server.Requests, request => request.Path == "/fapi/v1/userTrades");
    }

    [Fact]
    public async Task Funding_of_one_instant_is_one_payment()
    {
        await using var server = new ScriptedExchange(_ => new(200, """
            [{"symbol":"BTCUSDT","incomeType":"FUNDING_FEE","income":"-1.5","asset":"USDT","time":8,"tranId":3},
             {"symbol":"BTCUSDT","incomeType":"FUNDING_FEE","income":"0.25","asset":"USDT","time":8,"tranId":4},
             {"symbol":"ETHUSDT","incomeType":"FUNDING_FEE","income":"2","asset":"USDT","time":9,"tranId":5},
             {"symbol":"XRPUSDT","incomeType":"FUNDING_FEE","income":"2","asset":"USDT","time":9,"tranId":6}]
            """));
        var paid = Assert.IsType<Outcome<System.Collections.Immutable.ImmutableArray<FundingSeen>>.Accepted>(
            await Account(server).QueryFunding(CancellationToken.None));
        Assert.Equal(
            [(1u, -1_25000000L, 8L), (2u, 2_00000000L, 9L)],
            paid.Reply.Select(payment => (payment.InstrumentId.Value, payment.Amount, payment.FundingId)));
    }

    [Fact]
    public async Task Balance_is_the_wallet_also_where_there_is_nothing()
    {
        await using var server = new ScriptedExchange(_ => new(200, Example("AccountApi", "futuresAccountBalanceV3")));
        var seen = Assert.IsType<Outcome<System.Collections.Immutable.ImmutableArray<BalanceSeen>>.Accepted>(
            await Account(server).QueryBalances(CancellationToken.None));
        BalanceSeen balance = Assert.Single(seen.Reply);
        Assert.Equal((Some.Tether, Market.Futures, 122607_35137903L, 0L), (
            balance.AssetId, balance.Market, balance.Free, balance.Locked));
    }

    [Fact]
    public void Rules_of_futures_name_their_smallest_notional_and_allow_changes()
    {
        using RestClient rest = Some.Rest(new("http://127.0.0.1:1"), TimeProvider.System);
        var rules = new InstrumentRules(
            rest, RateLimits.Futures(), Some.Futures(), FuturesMarket.Rules, NullLogger.Instance);
        InstrumentFilters filters = rules.Read(JsonSerializer.Deserialize(
            """
            {"symbols":[{"symbol":"BTCUSDT","status":"TRADING","pricePrecision":2,"filters":[
            {"filterType":"PRICE_FILTER","minPrice":"556.80","maxPrice":"4529764","tickSize":"0.10"},
            {"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"1000","stepSize":"0.001"},
            {"filterType":"MIN_NOTIONAL","notional":"100"},{"filterType":"MAX_NUM_ORDERS","limit":200},
            {"filterType":"PERCENT_PRICE","multiplierUp":"1.05","multiplierDown":"0.95","multiplierDecimal":"4"}]}]}
            """, RestJson.Default.ExchangeRules)!)[0];
        Assert.Equal((1u, 1L, 5568L, 1L, 100_00000000L, OrderAmendment.PriceAndQuantity), (
            filters.Tradable, filters.TickSize, filters.PriceMin, filters.LotSize, filters.NotionalMin,
            filters.CanAmend));
    }

    private static string WireOrderIdOf(string parameters) =>
        parameters.Split("newClientOrderId=")[1].Split('&')[0];

    private static string Example(string file, string method)
    {
        using JsonDocument samples = JsonDocument.Parse(File.ReadAllBytes(Recordings.Path(
            "payloads", "binance-official-connector-examples",
            $"derivatives-trading-usds-futures.rest-api.{file}.json")));
        return samples.RootElement.GetProperty(method).GetRawText();
    }

    private IExchangeAccount Account(ScriptedExchange server)
    {
        _exchange = new FuturesMarket(
            Some.Exchange(server.Uri), Some.Futures(), TimeProvider.System, NullLoggerFactory.Instance);
        return _exchange.OpenAccount([Some.Account(1, Market.Futures)]);
    }
}
