using System.Net.WebSockets;
using Oms.ExchangeSimulator.Binance;
using Oms.ExchangeSimulator.Binance.Futures;
using Oms.ExchangeSimulator.Judge;

namespace Oms.ExchangeSimulator.Tests;

/// <summary>A fault's <c>count</c> is of all that it may strike together, in whatever market.</summary>
public sealed class FaultCountTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestFutures _test;

    public FaultCountTests() => _test = new TestFutures(_directory.Path);

    public void Dispose()
    {
        _test.Dispose();
        _directory.Dispose();
    }

    [Theory]
    //          account, count, how many keys end
    [InlineData(null, 1, 1)]
    [InlineData(null, 2, 2)]
    [InlineData(null, 3, 2)]
    [InlineData("bob", 3, 1)]
    public void As_many_listen_keys_end(string? account, int count, int ended)
    {
        ListenKeys keys = new(_test.Clock);
        string[] opened = [keys.Open(_test.Alice.Account), keys.Open(_test.Bob.Account)];
        FuturesJudge judge = new(_test.Exchange, keys, new UserStreams(new Faults(1)), []);
        Assert.Equal(ended, judge.ExpireListenKeys(account, count));
        Assert.Equal(ended, opened.Count(key => keys.AccountOf(key) is null));
        Assert.True(account is null || keys.AccountOf(opened[0]) is not null);
    }

    [Theory]
    [InlineData("SilenceMarketStreams", 1)]
    [InlineData("SilenceMarketStreams", 2)]
    [InlineData("DropMarketStreams", 1)]
    [InlineData("DropMarketStreams", 2)]
    public void As_many_connections_of_both_kinds_of_market_streams_are_struck(string kind, int count)
    {
        using StuckSocket first = new();
        using StuckSocket second = new();
        using SocketConnection ofBooks = new(first);
        using SocketConnection ofPrices = new(second);
        (MarketStreams books, MarketStreams prices) = (new(), new());
        StreamSession[] sessions = [new(ofBooks, books, false), new(ofPrices, prices, false)];
        Array.ForEach(sessions, session => session.Subscribe(["btcusdt@depth"]));
        FuturesJudge judge = new(
            _test.Exchange, new ListenKeys(_test.Clock), new UserStreams(new Faults(1)), [books, prices]);
        Assert.Equal(count, judge.Cut(Enum.Parse<FaultKind>(kind), null, count));
        int struck = kind == "DropMarketStreams"
            ? new[] { first, second }.Count(socket => socket.IsAborted)
            : sessions.Count(session => session.IsSilent);
        Assert.Equal(count, struck);
    }

    [Fact]
    public async Task One_connection_that_carries_orders_is_cut_where_one_was_asked_for()
    {
        using TemporaryDirectory directory = new();
        await using SimulatorProcess simulator = await SimulatorProcess.StartAsync(directory.Path);
        using ClientWebSocket spot = await simulator.ConnectAsync("/ws-api/v3");
        using ClientWebSocket futures = await simulator.ConnectAsync("/ws-fapi/v1");
        foreach (ClientWebSocket socket in new[] { spot, futures })
        {
            await socket.CallAsync("session.status");
            _ = await socket.ReceiveAsync(_ => true);
        }

        await simulator.Rest.FaultAsync("""{"kind":"drop_order_sockets","count":1}""");
        _ = await Assert.ThrowsAsync<WebSocketException>(() => spot.ReceiveAsync(_ => true));
        await futures.CallAsync("session.status");
        Assert.Equal("session.status", (await futures.ReceiveAsync(_ => true)).GetProperty("id").GetString());
    }
}
