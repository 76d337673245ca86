using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Oms.Domain.Instruments;
using Oms.Domain.Orders;
using Oms.Exchanges.Binance.Futures;
using Oms.Exchanges.Binance.Spot;

namespace Oms.Exchanges.Tests;

/// <summary>What an exchange is asked about a key: whether it may trade, what else it may, and whose it is.</summary>
public sealed class KeyQuestionTests
{
    private static readonly OrderTerms Terms = new()
    {
        Side = Side.Buy, Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel, Quantity = 10,
    };

    [Theory]
    [InlineData(Market.Spot, "/api/v3/order/test", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.0001&recvWindow=")]
    [InlineData(
        Market.Futures, "/fapi/v1/order/test",
        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&selfTradePreventionMode=EXPIRE_MAKER&recvWindow=")]
    public async Task An_order_that_is_only_tested_has_no_name(Market market, string path, string parameters)
    {
        await using var server = new ScriptedExchange(_ => new(200, "{}"));
        using IExchange exchange = Exchange(market, server);
        IExchangeAccount account = exchange.OpenAccount([Some.Account(1, market)]);
        Assert.True(account.CapabilitiesOf(market).TestsOrders);
        _ = Assert.IsType<Outcome<OrderTerms>.Accepted>(
            await account.Test(Some.Bitcoin, Terms, CancellationToken.None));
        ScriptedRequest sent = Assert.Single(server.Requests);
        Assert.Equal(("POST", path), (sent.Method, sent.Path));
        Assert.StartsWith(parameters, sent.Parameters, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Market.Spot)]
    [InlineData(Market.Futures)]
    public async Task A_key_without_the_right_to_trade_is_refused_by_a_test(Market market)
    {
        await using var server = new ScriptedExchange(
            _ => new(401, """{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}"""));
        using IExchange exchange = Exchange(market, server);
        var refused = Assert.IsType<Outcome<OrderTerms>.Refused>(await exchange
            .OpenAccount([Some.Account(1, market)]).Test(Some.Bitcoin, Terms, CancellationToken.None));
        Assert.Equal((RejectReason.ExchangeKeyRefused, -2015), (refused.Reason, refused.ErrorCode));
    }

    [Theory]
    [InlineData(Market.Spot)]
    [InlineData(Market.Futures)]
    public async Task Rights_are_those_of_the_market_and_what_is_not_said_is_not_known(Market market)
    {
        using JsonDocument samples = JsonDocument.Parse(File.ReadAllBytes(Recordings.Path(
            "payloads", "binance-official-connector-examples", "wallet.rest-api.AccountApi.json")));
        string answer = samples.RootElement.GetProperty("getApiKeyPermission").GetRawText();
        string[] answers = [answer, """{"ipRestrict":true,"enableFutures":true,"enableWithdrawals":true}"""];
        int asked = 0;
        await using var server = new ScriptedExchange(_ => new(200, answers[asked++]));
        using IExchange exchange = Exchange(market, server);
        IExchangeAccount account = exchange.OpenAccount([Some.Account(1, market)]);
        Assert.Equal(new KeyRights(false, false, false), await Rights());
        Assert.Equal(new KeyRights(market == Market.Futures ? true : null, true, true), await Rights());
        Assert.All(server.Requests, each => Assert.Equal("/sapi/v1/account/apiRestrictions", each.Path));

        async Task<KeyRights> Rights() => Assert.IsType<Outcome<KeyRights>.Accepted>(
            await account.QueryKeyRights(market, CancellationToken.None)).Reply;
    }

    [Theory]
    [InlineData(Market.Spot, """{"uid":354937868,"balances":[]}""", "354937868")]
    [InlineData(Market.Futures, """[{"accountAlias":"SgsR","asset":"USDT","balance":"1"}]""", "SgsR")]
    [InlineData(Market.Futures, "[]", null)]
    public async Task Whose_an_account_is_comes_with_what_it_holds(Market market, string answer, string? identity)
    {
        await using var server = new ScriptedExchange(_ => new(200, answer));
        using IExchange exchange = Exchange(market, server);
        AccountCredentials own = Some.Account(1, market);
        AccountCredentials trial = own.With(Some.Hmac("other", "other"));
        _ = await exchange.OpenAccount([trial]).QueryBalances(CancellationToken.None);
        Assert.Equal((identity, null, true, false), (trial.Identity, own.Identity, trial.IsTrial, own.IsTrial));
    }

    private static IExchange Exchange(Market market, ScriptedExchange server) => market == Market.Spot
        ? new SpotMarket(
            Some.Exchange(server.Uri), Some.Catalog(), TimeProvider.System, NullLoggerFactory.Instance)
        : new FuturesMarket(
            Some.Exchange(server.Uri), Some.Futures(), TimeProvider.System, NullLoggerFactory.Instance);
}
