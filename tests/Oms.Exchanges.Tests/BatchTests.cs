using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Exchanges.Binance.Futures;

namespace Oms.Exchanges.Tests;

/// <summary>
/// What waited together for the limits of futures leaves in one request, and each has its own outcome.
/// </summary>
public sealed class BatchTests : IDisposable
{
    private const string Limited = """{"code":-1003,"msg":"Too many requests."}""";

    private readonly FakeTimeProvider _time = new(Some.Began);
    private FuturesMarket? _exchange;

    [Fact]
    public async Task Orders_that_waited_leave_together_and_each_is_told_what_became_of_it()
    {
        await using var server = Server(
            "POST", """
            [{"symbol":"BTCUSDT","orderId":41,"clientOrderId":"oms-0-1-1","executedQty":"0","status":"NEW"},
             {"code":-2019,"msg":"Margin is insufficient."},
             {"code":-4116,"msg":"ClientOrderId is duplicated."}]
            """);
        IExchangeAccount account = await Held(server);
        using var withdrawn = new CancellationTokenSource();
        Task<Outcome<OrderEvidence>>[] placing =
        [
            .. new[] { 1, 2, 3, 4 }.Select(number => account.Place(
                Order(number), CancellationToken.None, number == 2 ? withdrawn.Token : default)),
        ];
        await withdrawn.CancelAsync();
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Outcome<OrderEvidence>[] outcomes = await Task.WhenAll(placing);

        Assert.Equal(41, Assert.IsType<Outcome<OrderEvidence>.Accepted>(outcomes[0]).Reply.Order.ExchangeOrderId);
        Assert.Equal((0, 0L), (Refusal(outcomes[1]).ErrorCode, outcomes[1].Times.Sent));
        Assert.Equal(RejectReason.ExchangeInsufficientBalance, Refusal(outcomes[2]).Reason);
        // An order of this name is there: nothing is proven.
        _ = Assert.IsType<Outcome<OrderEvidence>.Unknown>(outcomes[3]);
        ScriptedRequest sent = server.Requests.Last();
        Assert.Equal(("POST", "/fapi/v1/batchOrders"), (sent.Method, sent.Path));
        string orders = Uri.UnescapeDataString(sent.Parameters.Split('&')[0]);
        Assert.StartsWith(
            """
            batchOrders=[{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","price":"50000",
            "quantity":"1","newClientOrderId":"oms-0-1-1","selfTradePreventionMode":"EXPIRE_MAKER"},{
            """.ReplaceLineEndings(""), orders, StringComparison.Ordinal);
        Assert.DoesNotContain("oms-0-1-2", orders, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_than_five_leave_in_one_request_and_one_that_is_left_leaves_alone()
    {
        await using var server = Server("POST", "[]");
        IExchangeAccount account = await Held(server);
        Task<Outcome<OrderEvidence>>[] placing =
            [.. Enumerable.Range(1, 6).Select(number => account.Place(Order(number), CancellationToken.None))];
        _time.Advance(TimeSpan.FromSeconds(1.5));
        // What does not answer each of them proves nothing of any.
        Assert.All(await Task.WhenAll(placing), outcome => Assert.IsType<Outcome<OrderEvidence>.Unknown>(outcome));
        Assert.Equal(
            ["/fapi/v1/batchOrders", "/fapi/v1/order"],
            server.Requests.Skip(1).Select(request => request.Path).Order());
    }

    [Theory]
    [InlineData(503, """{"code":-1000,"msg":"Unknown error, please check your request or try again later."}""", false)]
    [InlineData(503, "Service Unavailable.", true)]
    [InlineData(0, "", false)]
    public async Task What_is_known_of_the_request_is_known_of_each(int status, string body, bool isRefused)
    {
        await using var server = Server("POST", body, status);
        IExchangeAccount account = await Held(server);
        Task<Outcome<OrderEvidence>>[] placing =
            [.. new[] { 1, 2 }.Select(number => account.Place(Order(number), CancellationToken.None))];
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.All(await Task.WhenAll(placing), outcome => Assert.Equal(
            isRefused, outcome is Outcome<OrderEvidence>.Refused { Reason: RejectReason.ExchangeOverloaded }));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task What_came_at_a_wrong_time_is_sent_again_alone_while_it_is_wanted_and_not_too_late()
    {
        using var withdrawn = new CancellationTokenSource();
        await using var server = new ScriptedExchange(request =>
        {
            if (request.Method != "POST")
            {
                return new(429, Limited, "Retry-After: 1\r\n");
            }

            if (request.Path != "/fapi/v1/batchOrders")
            {
                string name = request.Parameters.Split("newClientOrderId=")[1].Split('&')[0];
                string placed = $$"""
                    {"symbol":"BTCUSDT","orderId":41,"clientOrderId":"{{name}}","executedQty":"0","status":"NEW"}
                    """;
                return new(200, placed);
            }

            withdrawn.Cancel();
            _time.Advance(TimeSpan.FromSeconds(1));
            return new(400, """{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}""");
        });
        IExchangeAccount account = await Held(server);
        Task<Outcome<OrderEvidence>>[] placing =
        [
            account.Place(Order(1), CancellationToken.None),
            account.Place(Order(2), CancellationToken.None, withdrawn.Token),
            account.Place(Order(3, Some.Began - TimeSpan.FromSeconds(1)), CancellationToken.None),
            account.Place(Order(4), CancellationToken.None),
        ];
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Outcome<OrderEvidence>[] outcomes = await Task.WhenAll(placing);
        Assert.All([0, 3], index => Assert.IsType<Outcome<OrderEvidence>.Accepted>(outcomes[index]));
        Assert.All([1, 2], index => Assert.Equal(
            (0, 0L), (Refusal(outcomes[index]).ErrorCode, outcomes[index].Times.Sent)));
        Assert.Equal(
            ["/fapi/v1/batchOrders", "/fapi/v1/order", "/fapi/v1/order"],
            server.Requests.Skip(1).Select(request => request.Path));
        Assert.Equal(2, server.TimesAsked);
    }

    [Theory]
    [InlineData("""["done",7]""")]
    [InlineData("[null,null]")]
    [InlineData("[[],[]]")]
    [InlineData("""[{"code":"x"},{"clientOrderId":7}]""")]
    [InlineData("""{"code":200}""")]
    public async Task What_is_answered_in_another_shape_proves_nothing(string body)
    {
        await using var server = Server("POST", body);
        IExchangeAccount account = await Held(server);
        Task<Outcome<OrderEvidence>>[] placing =
            [.. new[] { 1, 2 }.Select(number => account.Place(Order(number), CancellationToken.None))];
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.All(await Task.WhenAll(placing), outcome => Assert.IsType<Outcome<OrderEvidence>.Unknown>(outcome));
    }

    [Fact]
    public async Task Cancels_of_a_symbol_that_waited_leave_together()
    {
        await using var server = Server(
            "DELETE", """
            [{"symbol":"BTCUSDT","orderId":41,"clientOrderId":"oms-0-1-7","executedQty":"0","status":"CANCELED"},
             {"code":-2011,"msg":"Unknown order sent."}]
            """);
        IExchangeAccount account = await Held(server);
        Task<Outcome<OrderSeen>>[] canceling =
        [
            .. new[] { Some.Cancel(41), Some.Cancel(42), Some.Cancel(), Some.Cancel(43) with { InstrumentId = new(2) } }
                .Select(cancel => account.Cancel(cancel, CancellationToken.None)),
        ];
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Outcome<OrderSeen>[] outcomes = await Task.WhenAll(canceling);
        Assert.Equal(
            ExchangeOrderStatus.Canceled, Assert.IsType<Outcome<OrderSeen>.Accepted>(outcomes[0]).Reply.Status);
        Assert.Equal(
            RejectReason.ExchangeOrderUnknown, Assert.IsType<Outcome<OrderSeen>.Refused>(outcomes[1]).Reason);
        // Named in another way, and of another symbol: alone.
        Assert.Equal(
            ["batchOrders", "order", "order"],
            server.Requests.Skip(1).Select(request => request.Path.Split('/')[^1]).Order());
        ScriptedRequest together = server.Requests.Single(request => request.Path == "/fapi/v1/batchOrders");
        Assert.StartsWith(
            "symbol=BTCUSDT&orderIdList=[41,42]&", Uri.UnescapeDataString(together.Parameters),
            StringComparison.Ordinal);
    }

    public void Dispose() => _exchange?.Dispose();

    /// <summary>Answers what is asked by this verb, and anything else with a hold of a second.</summary>
    private static ScriptedExchange Server(string verb, string answer, int status = 200) => new(request =>
        request.Method != verb
            ? new(429, Limited, "Retry-After: 1\r\n")
            : request.Path == "/fapi/v1/batchOrders" ? new(status, answer) : new(200, "{}"));

    /// <summary>An account whose market takes nothing for a second.</summary>
    private async Task<IExchangeAccount> Held(ScriptedExchange server)
    {
        _exchange = new FuturesMarket(Some.Exchange(server.Uri), Some.Futures(), _time, NullLoggerFactory.Instance);
        IExchangeAccount account = _exchange.OpenAccount([Some.Account(1, Market.Futures)]);
        _ = await account.QueryBalances(CancellationToken.None);
        Assert.True(account.RequestsLeft(Market.Futures).HeldFor > TimeSpan.Zero);
        return account;
    }

    private static SubmitOrder Order(int number, DateTimeOffset? at = null) => Some.Submit(number: number, at: at) with
    {
        Terms = Some.Submit().Terms with { Price = 500_000, Quantity = 1_000 },
    };

    private static Outcome<OrderEvidence>.Refused Refusal(Outcome<OrderEvidence> outcome) =>
        Assert.IsType<Outcome<OrderEvidence>.Refused>(outcome);
}
