using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Exchanges.Binance;
using Oms.Exchanges.Binance.Spot;
using Oms.Testing;

namespace Oms.Exchanges.Tests;

/// <summary>What an exchange may answer, and what that proves.</summary>
public sealed class OutcomeTests : IDisposable
{
    private const string Accepted =
        """
        {"symbol":"BTCUSDT","orderId":42,"clientOrderId":"oms-0-1-7","transactTime":1700000000123,
        "executedQty":"0.01000000",
        "status":"FILLED","fills":[{"price":"50000.00000000","qty":"0.00400000","commission":"0.00000400",
        "commissionAsset":"BTC","tradeId":5},{"price":"50000.10000000","qty":"0.00600000",
        "commission":"0.00000600",
        "commissionAsset":"BTC","tradeId":6}]}
        """;

    private readonly FakeTimeProvider _time = new(Some.Began);
    private SpotMarket? _exchange;

    [Fact]
    public async Task Accepted_order_is_its_state_with_its_fills()
    {
        await using var server = new ScriptedExchange(_ => new(200, Accepted));
        var outcome = Assert.IsType<Outcome<OrderEvidence>.Accepted>(await Place(server));
        Assert.Equal(ExchangeOrderStatus.Filled, outcome.Reply.Order.Status);
        Assert.Equal([(5L, 50_000_00L, 400L), (6L, 50_000_10L, 600L)],
            outcome.Reply.Trades.Select(trade => (trade.TradeId, trade.Price, trade.Quantity)));
        ScriptedRequest request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/api/v3/order", "key1"), (request.Method, request.Path, request.ApiKey));
        Assert.StartsWith(
            "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=50000.1&quantity=0.01"
            + "&newClientOrderId=oms-0-1-7&newOrderRespType=FULL&recvWindow=5000&timestamp=",
            request.Parameters);
        string[] signed = request.Parameters.Split("&signature=");
        Assert.Equal(signed[1], RequestSigner.Signature(signed[0], Some.Hmac("secret1")));
    }

    [Theory]
    [InlineData(
        OrderType.Limit, TimeInForce.ImmediateOrCancel,
        "&type=LIMIT&timeInForce=IOC&price=50000.1&quantity=0.01&")]
    [InlineData(OrderType.Market, TimeInForce.ImmediateOrCancel, "&type=MARKET&quantity=0.01&")]
    public async Task Types_are_sent_with_what_they_need(OrderType type, TimeInForce timeInForce, string part)
    {
        await using var server = new ScriptedExchange(_ => new(200, Accepted));
        _ = await Account(server).Place(Some.Submit(type, timeInForce), CancellationToken.None);
        Assert.Contains(part, Assert.Single(server.Requests).Parameters);
    }

    [Fact]
    public async Task Late_answer_is_an_answer()
    {
        var release = new TaskCompletionSource();
        await using var server = new ScriptedExchange(_ => new(200, Accepted, "", release.Task));
        Task<Outcome<OrderEvidence>> placing = Place(server);
        await Eventually.True(() => !server.Requests.IsEmpty);
        _time.Advance(RestClient.AnswerTimeout - TimeSpan.FromMilliseconds(1));
        release.SetResult();
        var accepted = Assert.IsType<Outcome<OrderEvidence>.Accepted>(await placing);
        Assert.True(_time.GetElapsedTime(
            accepted.Times.Sent, accepted.Times.ReplyReceived) > TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task No_answer_is_unknown_and_nothing_is_sent_again()
    {
        await using var server = new ScriptedExchange(_ => ScriptedAnswer.Never);
        Task<Outcome<OrderEvidence>> placing = Place(server);
        await Eventually.True(() => !server.Requests.IsEmpty);
        _time.Advance(RestClient.AnswerTimeout);
        _ = Assert.IsType<Outcome<OrderEvidence>.Unknown>(await placing);
        _ = Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Connection_cut_under_an_order_is_unknown_and_nothing_is_sent_again()
    {
        await using var server = new ScriptedExchange(
            request => request.Parameters.Contains("oms-0-1-8") ? ScriptedAnswer.Cut : new(200, Accepted));
        IExchangeAccount account = Account(server);
        // The second order leaves on the pooled connection of the first: that is where a library would try
        // again.
        _ = Assert.IsType<Outcome<OrderEvidence>.Accepted>(
            await account.Place(Submit(), CancellationToken.None));
        _ = Assert.IsType<Outcome<OrderEvidence>.Unknown>(
            await account.Place(Submit(number: 8), CancellationToken.None));
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(503, "")]
    [InlineData(
        503, """{"code":-1000,"msg":"Unknown error, please check your request or try again later."}""")]
    [InlineData(504, """{"code":-1007,"msg":"Timeout waiting for response from backend server."}""")]
    [InlineData(400, """{"code":-2010,"msg":"Duplicate order sent."}""")]
    [InlineData(200, "not json")]
    [InlineData(200, "null")]
    [InlineData(200, """{"symbol":"BTCUSDT","orderId":42}""")]
    [InlineData(
        200, """{"symbol":"BTCUSDT","orderId":4,"clientOrderId":"other","executedQty":"0","status":"NEW"}""")]
    [InlineData(
        200,
        """
        {"symbol":"BTCUSDT","orderId":4,"clientOrderId":"oms-0-1-7","executedQty":"1","status":"FILLED"}
        """)]
    public async Task Answer_that_proves_nothing_is_unknown(int status, string body)
    {
        await using var server = new ScriptedExchange(_ => new(status, body));
        _ = Assert.IsType<Outcome<OrderEvidence>.Unknown>(await Place(server));
        _ = Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Refusal_carries_reason_code_and_text()
    {
        await using var server = new ScriptedExchange(
            _ => new(
                400, """{"code":-2010,"msg":"Account has insufficient balance for requested action."}"""));
        var refused = Assert.IsType<Outcome<OrderEvidence>.Refused>(await Place(server));
        Assert.Equal(
            (RejectReason.ExchangeInsufficientBalance, -2010,
                "Account has insufficient balance for requested action."),
            (refused.Reason, refused.ErrorCode, refused.Text));
    }

    [Theory]
    [InlineData(429, -1003, 7)]
    [InlineData(418, -1003, 7)]
    public async Task Rate_limit_stops_everybody_until_it_is_over(int status, int code, int seconds)
    {
        int limited = 1;
        await using var server = new ScriptedExchange(_ => Interlocked.Decrement(ref limited) >= 0
            ? new(status, $$"""{"code":{{code}},"msg":"Too many requests."}""", $"Retry-After: {seconds}\r\n")
            : new(200, Accepted));
        IExchangeAccount account = Account(server);
        AssertRefused(
            RejectReason.ExchangeRateLimited, await account.Place(Submit(), CancellationToken.None));
        AssertRefused(
            RejectReason.ExchangeRateLimited, await account.Place(Submit(), CancellationToken.None));
        AssertRefused(
            RejectReason.ExchangeRateLimited, await account.Cancel(Some.Cancel(), CancellationToken.None));
        AssertRefused(
            RejectReason.ExchangeRateLimited,
            await OtherAccount().Place(Submit(), CancellationToken.None));
        _ = Assert.Single(server.Requests);
        _time.Advance(TimeSpan.FromSeconds(seconds));
        _ = Assert.IsType<Outcome<OrderEvidence>.Accepted>(
            await account.Place(Submit(), CancellationToken.None));
    }

    [Fact]
    public async Task Too_many_orders_of_an_account_stop_its_orders_alone()
    {
        await using var server =
            new ScriptedExchange(request => request.ApiKey == "key1" && request.Method == "POST"
            ? new(429, """{"code":-1015,"msg":"Too many new orders."}""", "Retry-After: 4\r\n")
            : new(200, Accepted));
        IExchangeAccount account = Account(server);
        AssertRefused(
            RejectReason.ExchangeRateLimited, await account.Place(Submit(), CancellationToken.None));
        AssertRefused(
            RejectReason.ExchangeRateLimited, await account.Place(Submit(), CancellationToken.None));
        _ = Assert.IsType<Outcome<OrderSeen>.Accepted>(
            await account.Cancel(Some.Cancel(42), CancellationToken.None));
        _ = Assert.IsType<Outcome<OrderEvidence>.Accepted>(
            await OtherAccount().Place(Submit(), CancellationToken.None));
        Assert.Equal(["POST", "DELETE", "POST"], server.Requests.Select(request => request.Method));
    }

    [Theory]
    [InlineData(1, 2, 2)]
    [InlineData(9, 2, 2)]
    public async Task Clock_outside_the_window_is_read_again_and_the_order_signed_again_once(
        int refusals, int requests, int clockReadings)
    {
        await using var server = new ScriptedExchange(_ => Interlocked.Decrement(ref refusals) >= 0
            ? new(400, """{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}""")
            : new(200, Accepted));
        bool isAccepted = refusals == 1;
        Outcome<OrderEvidence> outcome = await Place(server);
        Assert.Equal(isAccepted, outcome is Outcome<OrderEvidence>.Accepted);
        if (!isAccepted)
        {
            AssertRefused(RejectReason.ExchangeClockOutsideWindow, outcome);
        }

        Assert.Equal((requests, clockReadings), (server.Requests.Count, server.TimesAsked));
        Assert.All(
            server.Requests, request => Assert.Contains("newClientOrderId=oms-0-1-7&", request.Parameters));
        Assert.Equal(["1700000000001", "1700000000002"], server.Requests.Select(
            request => request.Parameters.Split("timestamp=")[1].Split('&')[0]));
    }

    [Fact]
    public async Task Order_that_never_left_is_refused()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var uri = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        listener.Stop();
        var refused = Assert.IsType<Outcome<OrderEvidence>.Refused>(
            await Account(uri).Place(Submit(), CancellationToken.None));
        Assert.Equal((RejectReason.ExchangeOverloaded, 0), (refused.Reason, refused.ErrorCode));
        Assert.StartsWith("not sent", refused.Text);
    }

    [Fact]
    public async Task Cancel_names_the_order_by_the_exchange_id_when_it_is_known()
    {
        await using var server = new ScriptedExchange(_ => new(200, Accepted.Replace("FILLED", "CANCELED")));
        IExchangeAccount account = Account(server);
        var canceled = Assert.IsType<Outcome<OrderSeen>.Accepted>(
            await account.Cancel(Some.Cancel(42), CancellationToken.None));
        _ = await account.Cancel(Some.Cancel(), CancellationToken.None);
        Assert.Equal(
            (ExchangeOrderStatus.Canceled, 1000), (canceled.Reply.Status, canceled.Reply.CumulativeQuantity));
        Assert.Equal(
            ["symbol=BTCUSDT&orderId=42", "symbol=BTCUSDT&origClientOrderId=oms-0-1-7"],
            server.Requests.Select(request => request.Parameters.Split("&recvWindow")[0]));
    }

    [Fact]
    public async Task Order_is_made_smaller_in_place_and_keeps_its_id()
    {
        await using var server = new ScriptedExchange(_ => new(200, """
            {"transactTime":1700000000123,"executionId":75,"amendedOrder":{"symbol":"BTCUSDT","orderId":42,
            "orderListId":-1,"origClientOrderId":"oms-0-1-7","clientOrderId":"oms-0-1-7","price":"50000.10000000",
            "qty":"0.00500000","executedQty":"0.00000000","preventedQty":"0.00000000","quoteOrderQty":"0.00000000",
            "cumulativeQuoteQty":"0.00000000","status":"NEW","timeInForce":"GTC","type":"LIMIT","side":"BUY",
            "workingTime":1741926410242,"selfTradePreventionMode":"NONE"}}
            """));
        var amended = Assert.IsType<Outcome<OrderSeen>.Accepted>(
            await Account(server).Amend(Some.Amend(exchangeOrderId: 42, quantity: 500), CancellationToken.None));
        Assert.Equal(
            (ExchangeOrderStatus.New, 50_000_10L, 500L, 1_700_000_000_123_000_000L),
            (amended.Reply.Status, amended.Reply.Terms.Price, amended.Reply.Terms.Quantity,
                amended.Reply.ExchangeUnixNanos));
        ScriptedRequest sent = Assert.Single(server.Requests);
        Assert.Equal(("PUT", "/api/v3/order/amend/keepPriority"), (sent.Method, sent.Path));
        Assert.StartsWith(
            "symbol=BTCUSDT&orderId=42&newClientOrderId=oms-0-1-7&newQty=0.005&recvWindow", sent.Parameters);
    }

    [Fact]
    public async Task Trades_are_read_to_the_last_page_and_must_explain_the_state()
    {
        await using var server = new ScriptedExchange(request => new(200, TradesFrom(request)));
        IExchangeAccount account = Account(server);
        OrderSeen order = Seen(cumulativeQuantity: 1500);
        var trades = Assert.IsType<Outcome<ImmutableArray<TradeSeen>>.Accepted>(
            await account.QueryTrades(order, CancellationToken.None));
        Assert.Equal(
            Enumerable.Range(1, 1500).Select(id => (long)id), trades.Reply.Select(trade => trade.TradeId));
        _ = Assert.IsType<Outcome<ImmutableArray<TradeSeen>>.Unknown>(
            await account.QueryTrades(Seen(cumulativeQuantity: 1501), CancellationToken.None));
    }

    [Fact]
    public async Task Balances_are_those_of_every_configured_asset()
    {
        await using var server = new ScriptedExchange(_ => new(
            200,
            """
            {"balances":[{"asset":"USDT","free":"10.5","locked":"1.00000001"},
            {"asset":"DOGE","free":"1","locked":"0"}]}
            """));
        var balances = Assert.IsType<Outcome<ImmutableArray<BalanceSeen>>.Accepted>(
            await Account(server).QueryBalances(CancellationToken.None));
        Assert.Equal(
            [(1u, 0L, 0L), (2u, 10_50000000L, 1_00000001L), (3u, 0L, 0L)],
            balances.Reply.Select(balance => (balance.AssetId.Value, balance.Free, balance.Locked)));
    }

    [Fact]
    public async Task Order_that_the_exchange_does_not_have_is_named_so_and_a_failed_question_is_not()
    {
        int status = 400;
        await using var server = new ScriptedExchange(_ => status == 400
            ? new(400, """{"code":-2013,"msg":"Order does not exist."}""")
            : new(500, ""));
        IExchangeAccount account = Account(server);
        AssertRefused(
            RejectReason.ExchangeOrderUnknown,
            await account.QueryOrder(Some.Resolve(), CancellationToken.None));
        status = 500;
        _ = Assert.IsType<Outcome<OrderSeen>.Unknown>(
            await account.QueryOrder(Some.Resolve(), CancellationToken.None));
    }

    [Fact]
    public async Task Queries_wait_for_the_next_minute_and_leave_the_last_of_the_weight_to_orders()
    {
        await using var server = new ScriptedExchange(
            _ => new(200, Accepted, "X-MBX-USED-WEIGHT-1M: 4800\r\n"));
        IExchangeAccount account = Account(server);
        _ = await account.Place(Submit(), CancellationToken.None);
        Task<Outcome<OrderSeen>> asking = account.QueryOrder(Some.Resolve(), CancellationToken.None);
        _ = Assert.IsType<Outcome<OrderEvidence>.Accepted>(
            await account.Place(Submit(), CancellationToken.None));
        Assert.Equal(["POST", "POST"], server.Requests.Select(request => request.Method));
        _time.Advance(TimeSpan.FromMinutes(1));
        _ = Assert.IsType<Outcome<OrderSeen>.Accepted>(await asking);
        Assert.Equal("GET", server.Requests.Last().Method);
    }

    [Fact]
    public async Task Question_that_waits_for_weight_is_refused_when_the_exchange_stops_everybody()
    {
        await using var server = new ScriptedExchange(request => request.Parameters.Contains("oms-0-1-8")
            ? new(418, """{"code":-1003,"msg":"Way too many requests."}""", "Retry-After: 300\r\n")
            : new(200, Accepted, "X-MBX-USED-WEIGHT-1M: 4800\r\n"));
        IExchangeAccount account = Account(server);
        _ = await account.Place(Submit(), CancellationToken.None);
        Task<Outcome<OrderSeen>> asking = account.QueryOrder(Some.Resolve(), CancellationToken.None);
        _ = await account.Place(Submit(number: 8), CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1));
        AssertRefused(RejectReason.ExchangeRateLimited, await asking);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Order_that_waits_leaves_neither_too_late_nor_after_it_was_withdrawn()
    {
        await using var server = new ScriptedExchange(_ => new(
            429, """{"code":-1015,"msg":"Too many new orders."}""", "Retry-After: 2\r\n"));
        IExchangeAccount account = Account(server);
        AssertRefused(RejectReason.ExchangeRateLimited, await account.Place(Submit(), CancellationToken.None));
        using var withdrawn = new CancellationTokenSource();
        Task<Outcome<OrderEvidence>> waiting =
            account.Place(Submit(number: 8), CancellationToken.None, withdrawn.Token);
        Assert.False(waiting.IsCompleted);
        await withdrawn.CancelAsync();
        var refused = Assert.IsType<Outcome<OrderEvidence>.Refused>(await waiting);
        Assert.Equal(0, refused.Times.Sent);
        _time.Advance(TimeSpan.FromSeconds(4));
        AssertRefused(
            RejectReason.ExchangeRateLimited,
            await account.Place(Some.Submit(number: 9), CancellationToken.None));
        AssertRefused(
            RejectReason.ExchangeRateLimited,
            await account.Amend(Some.Amend(exchangeOrderId: 42, quantity: 1), CancellationToken.None));
        _ = Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Account_speaks_from_its_own_address_and_has_the_budget_of_that()
    {
        await using var server = new ScriptedExchange(request => request.ApiKey == "key1"
            ? new(429, """{"code":-1003,"msg":"Too many requests."}""", "Retry-After: 60\r\n")
            : new(200, Accepted));
        AssertRefused(RejectReason.ExchangeRateLimited, await Place(server));
        IExchangeAccount elsewhere =
            _exchange!.OpenAccount([Some.Account(2, source: IPAddress.Parse("127.0.0.2"))]);
        _ = Assert.IsType<Outcome<OrderEvidence>.Accepted>(
            await elsewhere.Place(Submit(), CancellationToken.None));
        Assert.Equal(
            ["127.0.0.1", "127.0.0.2"], server.Requests.Select(request => request.Source.ToString()));
    }

    [Fact]
    public async Task Address_that_this_host_does_not_have_is_named()
    {
        await using var server = new ScriptedExchange(_ => new(200, Accepted));
        _ = Account(server);
        NotSupportedException problem = Assert.Throws<NotSupportedException>(
            () => _exchange!.OpenAccount([Some.Account(2, source: IPAddress.Parse("192.0.2.7"))]));
        Assert.StartsWith("source_ip 192.0.2.7: ", problem.Message);
    }

    public void Dispose() => _exchange?.Dispose();

    private static void AssertRefused<TReply>(RejectReason reason, Outcome<TReply> outcome) =>
        Assert.Equal(reason, Assert.IsType<Outcome<TReply>.Refused>(outcome).Reason);

    private static OrderSeen Seen(long cumulativeQuantity) => new()
    {
        Header = MessageHeader.For<OrderSeen>(new AccountId(1)),
        OrderId = Some.Order,
        ExchangeOrderId = 42,
        InstrumentId = Some.Bitcoin,
        Status = ExchangeOrderStatus.Filled,
        Source = EvidenceSource.Query,
        CumulativeQuantity = cumulativeQuantity,
        ExchangeUnixNanos = 0,
        Stamps = default,
        Terms = default,
    };

    private static string TradesFrom(ScriptedRequest request)
    {
        int from = request.Parameters.Contains("fromId=")
            ? int.Parse(request.Parameters.Split("fromId=")[1].Split('&')[0], CultureInfo.InvariantCulture)
            : 1;
        IEnumerable<string> trades =
            Enumerable.Range(from, Math.Min(1000, 1501 - from)).Select(id => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"id":{{id}},"orderId":42,"price":"1.00","qty":"0.00001","commission":"0","commissionAsset":"BTC",
            "time":1,"isMaker":false}
            """));
        return $"[{string.Join(',', trades)}]";
    }

    private SubmitOrder Submit(long number = 7) => Some.Submit(number: number, at: _time.GetUtcNow());

    private Task<Outcome<OrderEvidence>> Place(ScriptedExchange server) =>
        Account(server).Place(Submit(), CancellationToken.None);

    private IExchangeAccount Account(ScriptedExchange server) => Account(server.Uri);

    private IExchangeAccount Account(Uri uri)
    {
        _exchange = new SpotMarket(Some.Exchange(uri), Some.Catalog(), _time, NullLoggerFactory.Instance);
        return _exchange.OpenAccount([Some.Account()]);
    }

    private IExchangeAccount OtherAccount() => _exchange!.OpenAccount([Some.Account(2)]);
}
