using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Exchanges.Binance.Futures;
using Oms.Exchanges.Binance.Spot;

namespace Oms.Exchanges.Tests;

/// <summary>Everything of a listing is canceled by one request, and of what is ours is told what the exchange tells.
/// </summary>
public sealed class CancelAllTests
{
    [Fact]
    public async Task Spot_tells_the_states_of_orders_and_not_those_that_are_not_ours()
    {
        await using var server = new ScriptedExchange(_ => new(200, """
            [{"symbol":"BTCUSDT","origClientOrderId":"oms-0-1-7","orderId":11,"orderListId":-1,"clientOrderId":"pXLV",
              "transactTime":1684804350068,"price":"0.08","origQty":"0.17000","executedQty":"0.02000",
              "status":"CANCELED","timeInForce":"GTC","type":"LIMIT","side":"BUY"},
             {"symbol":"BTCUSDT","origClientOrderId":"by-hand","orderId":12,"orderListId":-1,"clientOrderId":"x",
              "transactTime":1684804350068,"executedQty":"0","status":"CANCELED"},
             {"orderListId":1929,"contingencyType":"OCO","listStatusType":"ALL_DONE","listOrderStatus":"ALL_DONE",
              "symbol":"BTCUSDT","orders":[],"orderReports":[]}]
            """));
        using var exchange = new SpotMarket(
            Some.Exchange(server.Uri), Some.Catalog(), TimeProvider.System, NullLoggerFactory.Instance);
        IExchangeAccount account = exchange.OpenAccount([Some.Account()]);
        Assert.True(account.CapabilitiesOf(Some.Bitcoin).CancelsAll);
        OrderSeen seen = Assert.Single(await CancelAll(account, Some.Cancel(11), Some.Cancel(13)));
        Assert.Equal((Some.Order, ExchangeOrderStatus.Canceled, 2_000L), (
            seen.OrderId, seen.Status, seen.CumulativeQuantity));
        ScriptedRequest sent = Assert.Single(server.Requests);
        Assert.Equal(("DELETE", "/api/v3/openOrders"), (sent.Method, sent.Path));
        Assert.StartsWith("symbol=BTCUSDT&recvWindow=", sent.Parameters, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"code":200}""")]
    [InlineData("[7]")]
    [InlineData("[null]")]
    [InlineData("""[{"orderId":"x"}]""")]
    public async Task What_spot_answers_in_another_shape_proves_nothing(string body)
    {
        await using var server = new ScriptedExchange(_ => new(200, body));
        using var exchange = new SpotMarket(
            Some.Exchange(server.Uri), Some.Catalog(), TimeProvider.System, NullLoggerFactory.Instance);
        _ = Assert.IsType<Outcome<ImmutableArray<OrderSeen>>.Unknown>(await exchange.OpenAccount([Some.Account()])
            .CancelAll([Some.Cancel(11), Some.Cancel(13)], CancellationToken.None));
    }

    [Fact]
    public async Task Futures_keep_conditional_orders_apart_and_tell_no_states()
    {
        await using var server = new ScriptedExchange(_ => new(
            200, """{"code":200,"msg":"The operation of cancel all open order is done."}"""));
        using var exchange = new FuturesMarket(
            Some.Exchange(server.Uri), Some.Futures(), TimeProvider.System, NullLoggerFactory.Instance);
        IExchangeAccount account = exchange.OpenAccount([Some.Account(1, Market.Futures)]);
        Assert.Empty(await CancelAll(account, Some.Cancel(11), Some.Cancel(12)));
        Assert.Empty(await CancelAll(account, Some.Cancel(11), Some.Cancel(AlgoOrderId.Of(7))));
        Assert.Equal(
            ["allOpenOrders", "allOpenOrders", "algoOpenOrders"],
            server.Requests.Select(request => request.Path.Split('/')[^1]));
    }

    private static async Task<ImmutableArray<OrderSeen>> CancelAll(
        IExchangeAccount account, params SubmitCancel[] cancels) =>
        Assert.IsType<Outcome<ImmutableArray<OrderSeen>>.Accepted>(
            await account.CancelAll([.. cancels], CancellationToken.None)).Reply;
}
