using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Exchanges.Binance;
using Oms.Exchanges.Binance.Budget;
using Oms.Exchanges.Binance.Futures;
using Oms.Testing;

namespace Oms.Exchanges.Tests;

/// <summary>An account of futures is set as configured, and what could not be set is told; its switch is kept on.
/// </summary>
public sealed class AccountSetupTests
{
    [Fact]
    public async Task What_is_otherwise_is_set_and_what_stays_otherwise_is_told()
    {
        await using var server = new ScriptedExchange(request => request switch
        {
            { Method: "GET", Path: "/fapi/v1/symbolConfig" } => new(200, """
                [{"symbol":"BTCUSDT","marginType":"CROSSED","leverage":5},
                 {"symbol":"ETHUSDT","marginType":"ISOLATED","leverage":7}]
                """),
            { Method: "GET", Path: "/fapi/v1/positionSide/dual" } => new(200, """{"dualSidePosition":false}"""),
            { Path: "/fapi/v1/marginType" } => new(
                400, """{"code":-4048,"msg":"Margin type cannot be changed if there exists position."}"""),
            { Path: "/fapi/v1/positionSide/dual" } => new(
                400, """{"code":-4059,"msg":"No need to change position side."}"""),
            _ => new(200, "{}"),
        });
        Assert.Equal(
            "margin type of BTCUSDT is CROSSED, not ISOLATED", await Set(server, new(5, IsHedged: false, true)));
        Assert.Equal(
            ["dualSidePosition=false", "leverage=5", "marginType=ISOLATED"],
            server.Requests.Where(request => request is { Method: "POST", Path: not "/fapi/v1/listenKey" })
                .Select(request => request.Parameters.Replace("symbol=BTCUSDT&", "").Replace("symbol=ETHUSDT&", "")
                    .Split('&')[0])
                .Order());
    }

    [Fact]
    public async Task A_mode_that_is_another_is_told_and_what_is_not_configured_is_not_asked()
    {
        await using var server = new ScriptedExchange(request => request.Method == "GET"
            ? new(200, """{"dualSidePosition":false}""")
            : new(400, """{"code":-4068,"msg":"Position side cannot be changed if there exists position."}"""));
        Assert.Equal("position mode is one-way, not hedge", await Set(server, new(0, IsHedged: true, null)));
        Assert.DoesNotContain(server.Requests, request => request.Path.EndsWith("Config", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(503, -1001, "Internal error; unable to process your request. Please try again.")]
    [InlineData(503, -1001, "Internal error.")]
    [InlineData(400, -1016, "This service is no longer available.")]
    public async Task A_setting_that_is_refused_for_the_moment_is_made_later_and_not_told(
        int status, int code, string text)
    {
        int asked = 0;
        await using var server = new ScriptedExchange(request => request switch
        {
            { Method: "POST", Path: "/fapi/v1/positionSide/dual" } => ++asked == 1
                ? new(status, $$"""{"code":{{code}},"msg":"{{text}}"}""")
                : new(200, "{}"),
            { Path: "/fapi/v1/positionSide/dual" } => new(
                200, $$"""{"dualSidePosition":{{(asked == 2 ? "true" : "false")}}}"""),
            _ => new(200, "{}"),
        });
        Assert.Equal("", await Set(server, new(0, IsHedged: true, null)));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task An_account_that_is_otherwise_is_looked_at_until_somebody_sets_it_right()
    {
        bool isHedged = false;
        await using var server = new ScriptedExchange(request => request switch
        {
            { Method: "GET" } => new(200, $$"""{"dualSidePosition":{{(isHedged ? "true" : "false")}}}"""),
            _ => new(400, """{"code":-4068,"msg":"Position side cannot be changed if there exists position."}"""),
        });
        var time = new FakeTimeProvider(Some.Began);
        AccountCredentials account = Account(new(0, IsHedged: true, null));
        using var exchange = new FuturesMarket(
            Some.Exchange(server.Uri), Some.Futures(), time, NullLoggerFactory.Instance);
        using var rest = new RestClient(
            "binance", server.Uri, FuturesMarket.Dialect, new(time), RateLimits.Futures(), null, 5000, time,
            NullLogger.Instance);
        var setup = new AccountSetup(
            rest, (FuturesAccount)exchange.OpenAccount([account]), Some.Futures(), account, time, NullLogger.Instance);
        var listener = new Listener();
        await setup.Run(listener, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        Task watching = setup.Watch(listener, stop.Token);
        time.Advance(AccountSetup.LookInterval);
        await Eventually.True(() => listener.Differences.Count == 2);
        isHedged = true;
        time.Advance(AccountSetup.LookInterval);
        await Eventually.True(() => listener.Differences.Count == 3);
        await stop.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        const string Difference = "position mode is one-way, not hedge";
        Assert.Equal([Difference, Difference, ""], listener.Differences);
        Assert.Equal(1, server.Requests.Count(
            request => request is { Method: "POST", Path: "/fapi/v1/positionSide/dual" }));
    }

    [Fact]
    public async Task Lost_answers_of_one_symbol_hold_up_neither_its_next_nor_another()
    {
        int lost = 0;
        await using var server = new ScriptedExchange(request =>
            request.Parameters.StartsWith("symbol=BTCUSDT&", StringComparison.Ordinal) && lost++ < 2
                ? ScriptedAnswer.Never
                : new(200, "{}"));
        var time = new FakeTimeProvider(Some.Began);
        ExchangeConfiguration configuration = Some.Exchange(server.Uri) with { OrdersBySocket = false };
        using var exchange = new FuturesMarket(
            configuration with { Futures = configuration.Futures! with { DeadMansSwitchMs = 6_000 } }, Some.Futures(),
            time, NullLoggerFactory.Instance);
        using var stop = new CancellationTokenSource();
        Task keeping = exchange.OpenAccount([Some.Account(1, Market.Futures)]).KeepOpen(stop.Token);
        for (int told = 1; told <= 4; told++)
        {
            await Eventually.True(() => Told("BTCUSDT") == told && Told("ETHUSDT") == told);
            time.Advance(TimeSpan.FromSeconds(2));
        }

        await stop.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keeping);

        int Told(string symbol) => server.Requests.Count(
            request => request.Parameters.StartsWith($"symbol={symbol}&", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_switch_is_told_three_times_as_often_as_it_must_and_only_where_it_is_configured()
    {
        await using var server = new ScriptedExchange(_ => new(200, """{"symbol":"BTCUSDT","countdownTime":"6000"}"""));
        var time = new FakeTimeProvider(Some.Began);
        ExchangeConfiguration configuration = Some.Exchange(server.Uri) with { OrdersBySocket = false };
        using var off = new FuturesMarket(configuration, Some.Futures(), time, NullLoggerFactory.Instance);
        await off.OpenAccount([Some.Account(1, Market.Futures)]).KeepOpen(CancellationToken.None);
        Assert.Empty(server.Requests);

        using var on = new FuturesMarket(
            configuration with { Futures = configuration.Futures! with { DeadMansSwitchMs = 6_000 } }, Some.Futures(),
            time, NullLoggerFactory.Instance);
        IExchangeAccount account = on.OpenAccount([Some.Account(1, Market.Futures)]);
        Assert.True(account.CapabilitiesOf(Market.Futures).HasDeadMansSwitch);
        using var stop = new CancellationTokenSource();
        Task keeping = account.KeepOpen(stop.Token);
        await Eventually.True(() => server.Requests.Count == 2);
        time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.True(() => server.Requests.Count == 4);
        await stop.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keeping);
        Assert.All(server.Requests, request => Assert.Equal("/fapi/v1/countdownCancelAll", request.Path));
        Assert.Contains(server.Requests, request => request.Parameters.StartsWith(
            "symbol=BTCUSDT&countdownTime=6000&", StringComparison.Ordinal));
    }

    /// <summary>What the private stream of an account tells first.</summary>
    private async Task<string> Set(ScriptedExchange server, PositionSettings settings)
    {
        using var exchange = new FuturesMarket(
            Some.Exchange(server.Uri), Some.Futures(), TimeProvider.System, NullLoggerFactory.Instance);
        var listener = new Listener();
        using var stop = new CancellationTokenSource();
        Task running = exchange.OpenPrivateStream([Account(settings)]).Run(listener, stop.Token);
        await Eventually.True(() => !listener.Differences.IsEmpty);
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return listener.Differences.First();
    }

    private static AccountCredentials Account(PositionSettings settings)
    {
        AccountCredentials plain = Some.Account(1, Market.Futures);
        return new(plain.Id, plain.Name, plain.Market, plain.Key) { Positions = settings };
    }

    private sealed class Listener : DeafListener
    {
        public ConcurrentQueue<string> Differences { get; } = [];

        public override ValueTask SettingsSeen(
            AccountId account, string difference, CancellationToken cancellation)
        {
            Differences.Enqueue(difference);
            return default;
        }
    }
}
