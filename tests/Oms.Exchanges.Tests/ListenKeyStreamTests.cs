using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Exchanges.Binance.Futures;
using Oms.Testing;

namespace Oms.Exchanges.Tests;

/// <summary>One connection follows another, and what both heard is told once.</summary>
public sealed class ListenKeyStreamTests
{
    [Fact]
    public async Task What_both_connections_heard_of_a_wallet_is_told_once()
    {
        await using var rest = new ScriptedExchange(request => new(
            200, request.Path == "/fapi/v1/listenKey" ? """{"listenKey":"k"}""" : "[]"));
        await using var streams = new ScriptedSocket(_ => """{"result":[],"id":ID}""");
        var time = new FakeTimeProvider(Some.Began);
        using FuturesMarket exchange = Market(rest, streams, time);
        var listener = new Listener();
        using var stop = new CancellationTokenSource();
        Task running = exchange.OpenPrivateStream([Some.Account(1, Domain.Instruments.Market.Futures)])
            .Run(listener, stop.Token);
        await Eventually.True(() => listener.Heard.Contains("up") && streams.OpenCount == 1);
        await streams.Push(Deposit(1));
        await Eventually.True(() => listener.Heard.Contains("1"));

        time.Advance(ListenKeyStream.ConnectionLife);
        await Eventually.True(() => streams.OpenCount == 2);
        // Two of the same are two, and not four.
        await streams.Push(Deposit(2));
        await streams.Push(Deposit(2));
        await Eventually.True(() => listener.Heard.Count(heard => heard == "2") == 2);
        await Eventually.True(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return streams.OpenCount == 1;
        });
        await streams.Push(Deposit(3));
        await Eventually.True(() => listener.Heard.Contains("3"));
        await stop.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(["up", "1", "2", "2", "3", "down"], listener.Heard);
    }

    private static FuturesMarket Market(ScriptedExchange rest, ScriptedSocket streams, FakeTimeProvider time) => new(
        Some.Exchange(rest.Uri) with
        {
            Futures = new() { RestUri = rest.Uri, StreamUri = new($"ws://{streams.Uri.Authority}") },
        },
        Some.Futures(), time, NullLoggerFactory.Instance);

    private static string Deposit(int amount) => $$"""
        {"e":"ACCOUNT_UPDATE","E":{{amount}},"T":{{amount}},"a":{"m":"DEPOSIT","B":[
          {"a":"USDT","wb":"100","cw":"100","bc":"{{amount}}" } ], "P":[] } }
        """;

    private sealed class Listener : DeafListener
    {
        public ConcurrentQueue<string> Heard { get; } = [];

        public override ValueTask BalanceMoved(BalanceMoved moved, CancellationToken cancellation)
        {
            Heard.Enqueue((moved.Amount / 100_000_000).ToString(CultureInfo.InvariantCulture));
            return default;
        }

        public override ValueTask StreamChanged(
            AccountId account, StreamState state, CancellationToken cancellation)
        {
            Heard.Enqueue(state == StreamState.Up ? "up" : "down");
            return default;
        }
    }
}
