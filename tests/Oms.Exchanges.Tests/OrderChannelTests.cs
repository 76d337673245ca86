using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Oms.Domain.Orders;
using Oms.Exchanges.Binance;
using Oms.Exchanges.Binance.Budget;
using Oms.Testing;

namespace Oms.Exchanges.Tests;

/// <summary>Orders take the way that is up, once; an answer that does not come is unknown on either way.</summary>
public sealed class OrderChannelTests : IAsyncDisposable
{
    private const string Pem = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIIJEYWtGBrhACmb9Dvy+qa8WEf0lQOl1s4CLIAB9m89u
        -----END PRIVATE KEY-----
        """;

    private const string Done = """
        {"id":ID,"status":200,"result":{"orderId":42,"text":"a}\"b"},
        "rateLimits":[{"rateLimitType":"ORDERS","count":7},{"rateLimitType":"REQUEST_WEIGHT","count":9}]}
        """;

    private readonly CancellationTokenSource _stop = new();
    private readonly ScriptedExchange _rest = new(_ => new(200, """{"orderId":1}"""));
    private readonly List<RestClient> _clients = [];
    private Task _running = Task.CompletedTask;

    private static RequestParameters Order => new RequestParameters().Add("symbol", "BTCUSDT").Add("orderId", 28);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _clients.ForEach(client => client.Dispose());
        await _rest.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task A_request_goes_by_the_socket_signed_over_its_sorted_parameters()
    {
        await using var socket = new ScriptedSocket(_ => Done);
        OrderChannel channel = await Open(socket, Some.Hmac("secret1", "key1"));
        Assert.Equal("""{"orderId":42,"text":"a}\"b"}""", await Accepted(channel));
        Assert.Empty(_rest.Requests);
        JsonElement sent = Assert.Single(socket.Requests);
        Assert.Equal("order.cancel", sent.GetProperty("method").GetString());
        JsonElement parameters = sent.GetProperty("params");
        Assert.Equal(
            ["symbol", "orderId", "recvWindow", "timestamp", "apiKey", "signature"],
            parameters.EnumerateObject().Select(each => each.Name));
        Assert.Equal(28, parameters.GetProperty("orderId").GetInt64());
        string text = "apiKey=key1&orderId=28&recvWindow=5000&symbol=BTCUSDT"
            + $"&timestamp={parameters.GetProperty("timestamp")}";
        Assert.Equal(
            RequestSigner.Signature(text, Some.Hmac("secret1")), parameters.GetProperty("signature").GetString());
    }

    [Fact]
    public async Task An_Ed25519_key_logs_on_once_and_its_requests_are_not_signed()
    {
        await using var socket = new ScriptedSocket(_ => Done);
        OrderChannel channel = await Open(socket, Some.Ed25519(Pem, "ed"));
        _ = await Accepted(channel);
        _ = await Accepted(channel);
        Assert.Equal(["session.logon", "order.cancel", "order.cancel"], socket.Methods);
        JsonElement logon = socket.Requests.First().GetProperty("params");
        string text = $"apiKey=ed&recvWindow=5000&timestamp={logon.GetProperty("timestamp")}";
        Assert.Equal(
            RequestSigner.Signature(text, Some.Ed25519(Pem)), logon.GetProperty("signature").GetString());
        Assert.Equal(
            ["symbol", "orderId", "recvWindow", "timestamp"],
            socket.Requests.Last().GetProperty("params").EnumerateObject().Select(each => each.Name));
    }

    [Fact]
    public async Task Without_a_connection_requests_go_over_rest()
    {
        OrderChannel channel = Channel(null, Some.Hmac("secret1"));
        await channel.Run(_stop.Token);
        Assert.Equal("""{"orderId":1}""", await Accepted(channel));
        Assert.Equal(("DELETE", "/api/v3/order"), (_rest.Requests.Single().Method, _rest.Requests.Single().Path));
    }

    [Fact]
    public async Task A_session_that_is_refused_leaves_rest()
    {
        await using var socket = new ScriptedSocket(_ =>
            """{"id":ID,"status":401,"error":{"code":-2015,"msg":"Invalid API-key."}}""");
        OrderChannel channel = Channel(socket.Uri, Some.Ed25519(Pem));
        _running = channel.Run(_stop.Token);
        await Eventually.True(() => Task.FromResult(!socket.Requests.IsEmpty), TimeSpan.FromSeconds(30));
        Assert.Equal("""{"orderId":1}""", await Accepted(channel));
        Assert.False(channel.IsSocketUp);
    }

    [Fact]
    public async Task A_connection_lost_before_the_answer_is_unknown_and_nothing_is_sent_again()
    {
        await using var socket = new ScriptedSocket(_ => null);
        OrderChannel channel = await Open(socket, Some.Hmac("secret1"));
        _ = Assert.IsType<Outcome<string>.Unknown>(await Send(channel));
        _ = Assert.Single(socket.Requests);
        Assert.Empty(_rest.Requests);
    }

    [Theory]
    [InlineData(400, -2010, "Account has insufficient balance", RejectReason.ExchangeInsufficientBalance)]
    [InlineData(400, -2011, "Unknown order sent.", RejectReason.ExchangeOrderUnknown)]
    [InlineData(401, -2015, "Invalid API-key", RejectReason.ExchangeKeyRefused)]
    public async Task An_error_is_judged_as_over_rest(int status, int code, string text, RejectReason reason)
    {
        await using var socket = new ScriptedSocket(_ =>
            $$"""
            {"id":ID,"status":{{status}},"error":{"code":{{code}},"msg":"{{text}}","data":[1,{}] },"more":{"a":[]} }
            """);
        OrderChannel channel = await Open(socket, Some.Hmac("secret1"));
        var refused = Assert.IsType<Outcome<string>.Refused>(await Send(channel));
        Assert.Equal((reason, code, text), (refused.Reason, refused.ErrorCode, refused.Text));
    }

    [Fact]
    public async Task A_server_error_proves_nothing()
    {
        await using var socket = new ScriptedSocket(_ =>
            """{"id":ID,"status":504,"error":{"code":-1007,"msg":"Timeout waiting for response."}}""");
        OrderChannel channel = await Open(socket, Some.Hmac("secret1"));
        _ = Assert.IsType<Outcome<string>.Unknown>(await Send(channel));
        Assert.Empty(_rest.Requests);
    }

    [Fact]
    public async Task A_ban_holds_both_ways()
    {
        await using var socket = new ScriptedSocket(_ => """
            {"id":ID,"status":418,"error":{"code":-1003,"msg":"banned","data":{"at":1,"retryAfter":99999999999999}}}
            """);
        OrderChannel channel = await Open(socket, Some.Hmac("secret1"));
        Assert.Equal(-1003, Assert.IsType<Outcome<string>.Refused>(await Send(channel)).ErrorCode);
        Assert.StartsWith("not sent", Assert.IsType<Outcome<string>.Refused>(await Send(channel)).Text);
        _ = Assert.Single(socket.Requests);
        Assert.Empty(_rest.Requests);
    }

    [Fact]
    public async Task A_clock_outside_the_window_is_read_again_and_the_request_sent_once_more()
    {
        await using var socket = new ScriptedSocket(_ =>
            """{"id":ID,"status":400,"error":{"code":-1021,"msg":"Timestamp is outside of the recvWindow."}}""");
        OrderChannel channel = await Open(socket, Some.Hmac("secret1"));
        Assert.Equal("""{"orderId":1}""", await Accepted(channel));
        _ = Assert.Single(socket.Requests);
        _ = Assert.Single(_rest.Requests);
    }

    private async Task<OrderChannel> Open(ScriptedSocket socket, SigningKey key)
    {
        OrderChannel channel = Channel(socket.Uri, key);
        _running = channel.Run(_stop.Token);
        await Eventually.True(() => Task.FromResult(channel.IsSocketUp), TimeSpan.FromSeconds(30));
        return channel;
    }

    private OrderChannel Channel(Uri? uri, SigningKey key)
    {
        RestClient rest = Some.Rest(_rest.Uri, TimeProvider.System);
        _clients.Add(rest);
        return new("binance", uri, rest, Some.Account().With(key), 5000, TimeProvider.System, NullLogger.Instance);
    }

    private static Task<Outcome<string>> Send(OrderChannel channel) => channel.Send(
        new(HttpMethod.Delete, "/api/v3/order", Order, RequestLane.Cancel, Some.Account())
        {
            SocketMethod = "order.cancel",
        },
        System.Text.Encoding.UTF8.GetString,
        CancellationToken.None);

    private static async Task<string> Accepted(OrderChannel channel) =>
        Assert.IsType<Outcome<string>.Accepted>(await Send(channel)).Reply;
}
