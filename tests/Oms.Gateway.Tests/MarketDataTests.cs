using Grpc.Core;
using Oms.Domain.Ids;
using Oms.Domain.Text;
using Oms.Gateway.Tests.Kit;
using Oms.SharedMemory.Tables;

namespace Oms.Gateway.Tests;

/// <summary>What clients see of the books that connectors keep.</summary>
public sealed class MarketDataTests(SharedDeployment shared) : IClassFixture<SharedDeployment>
{
    private const int ManyUpdates = 400;
    private static readonly InstrumentId Here = new(2);
    private static readonly InstrumentId Elsewhere = new(3);
    private static readonly InstrumentId Streamed = new(4);

    private readonly TestDeployment _deployment = shared.Deployment;
    private readonly V1.MarketDataService.MarketDataServiceClient _client =
        new(shared.Deployment.Connect(TestDeployment.SpotReaderToken));

    private static V1.GetConsolidatedBookRequest Everywhere =>
        new() { Market = V1.Market.Spot, Symbol = "LTC/USDT", Depth = 3 };

    [Fact]
    public async Task A_book_is_told_level_by_level_and_not_when_nobody_keeps_it()
    {
        var request = new V1.GetBookRequest
        {
            Exchange = "binance", Market = V1.Market.Spot, Symbol = "BTC/USDT", Depth = 2,
        };
        V1.Book unknown = (await _client.GetBookAsync(request)).Book;
        Assert.False(unknown.IsValid);
        Assert.Empty(unknown.Bids);

        // Finer than a lot, and finer than a top of book tells it.
        Show(
            TestMarket.BtcUsdt,
            bids: [(5_000_000, 12_345_678), (4_999_950, 1), (4_999_900, 5)],
            asks: [(5_000_100, 300_000_000)]);
        V1.Book book = (await _client.GetBookAsync(request)).Book;
        Assert.True(book.IsValid);
        Assert.Equal([("50000", "0.12345678"), ("49999.5", "0.00000001")], book.Bids.Select(Pair));
        Assert.Equal([("50001", "3")], book.Asks.Select(Pair));
        Assert.Equal(1_700_000_000, book.Time.Seconds);
        request.Depth = 0;
        Assert.Equal(3, (await _client.GetBookAsync(request)).Book.Bids.Count);

        Show(TestMarket.BtcUsdt, [(5_000_000, 1)], [(5_000_100, 1)], age: BookTables.AgeMax);
        Assert.False((await _client.GetBookAsync(request)).Book.IsValid);
    }

    [Fact]
    public async Task Levels_of_all_exchanges_are_added_up_by_price_exactly()
    {
        List(Here, "LTC/USDT");
        _deployment.FastPath.List(TestMarket.Instrument with
        {
            InstrumentId = Elsewhere,
            Symbol = Text32.Of("LTC/USDT"),
            Exchange = Text16.Of("elsewhere"),
            PriceDecimals = 4,
            QuantityDecimals = 2,
        });
        Show(Here, bids: [(5_000_000, 100_000_000), (4_999_900, 1)], asks: [(5_000_100, 200_000_000)]);
        V1.ConsolidatedBook alone = (await _client.GetConsolidatedBookAsync(Everywhere)).Book;
        Assert.Equal(["elsewhere"], alone.MissingExchanges);
        Assert.Equal([("50000", "1"), ("49999", "0.00000001")], alone.BidLevels.Select(Pair));

        Show(
            Elsewhere,
            bids: [(500_000_000, 250_000_000), (499_995_000, 7), (499_990_000, 8), (499_980_000, 9)],
            asks: [(500_010_001, 1), (500_020_000, 2)]);
        V1.ConsolidatedBook book = (await _client.GetConsolidatedBookAsync(Everywhere)).Book;
        Assert.Empty(book.MissingExchanges);
        Assert.Equal(
            [("50000", "3.5"), ("49999.5", "0.00000007"), ("49999", "0.00000009")], book.BidLevels.Select(Pair));
        Assert.Equal(
            [("50001", "2"), ("50001.0001", "0.00000001"), ("50002", "0.00000002")], book.AskLevels.Select(Pair));
        Assert.Equal(
            [("elsewhere", "50000", "2.5"), ("binance", "50000", "1")],
            book.BidLevels[0].Parts.Select(part => (part.Exchange, part.Price, part.Quantity)));
        Assert.Equal(
            [("elsewhere", "49999", "0.00000008"), ("binance", "49999", "0.00000001")],
            book.BidLevels[2].Parts.Select(part => (part.Exchange, part.Price, part.Quantity)));

        V1.GetConsolidatedBookRequest onlyBest = Everywhere;
        onlyBest.Depth = 0;
        Assert.Empty((await _client.GetConsolidatedBookAsync(onlyBest)).Book.BidLevels);
    }

    [Fact]
    public async Task A_stream_tells_the_newest_book_and_a_slow_reader_skips_what_was_between()
    {
        List(Streamed, "ETH/USDT");
        Show(Streamed, [(1, 1)], [(5_000_100, 1)]);
        using AsyncServerStreamingCall<V1.StreamBookResponse> books = _client.StreamBook(
            new() { Exchange = "binance", Market = V1.Market.Spot, Symbol = "ETH/USDT", IntervalMs = 10 });
        using AsyncServerStreamingCall<V1.StreamConsolidatedBookResponse> consolidated =
            _client.StreamConsolidatedBook(
                new() { Market = V1.Market.Spot, Symbol = "ETH/USDT", Depth = 1, IntervalMs = 10 });
        Assert.True(await books.ResponseStream.MoveNext(CancellationToken.None));
        Assert.True(await consolidated.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal("0.01", books.ResponseStream.Current.Book.Bids[0].Price);

        for (int update = 2; update <= ManyUpdates; update++)
        {
            Show(Streamed, [(update, update)], [(5_000_100, 1)]);
        }

        int told = 0;
        while (books.ResponseStream.Current.Book.Bids[0].Price != "4")
        {
            Assert.True(await books.ResponseStream.MoveNext(CancellationToken.None));
            told++;
        }

        Assert.InRange(told, 1, ManyUpdates / 2);
        while (consolidated.ResponseStream.Current.Book.BidLevels[0].Quantity != "0.000004")
        {
            Assert.True(await consolidated.ResponseStream.MoveNext(CancellationToken.None));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(51)]
    public async Task A_depth_that_cannot_be_is_refused(int depth)
    {
        V1.GetConsolidatedBookRequest request = Everywhere;
        request.Depth = depth;
        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await _client.GetConsolidatedBookAsync(request));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Contains("depth", failure.Status.Detail, StringComparison.Ordinal);
    }

    private static (string Price, string Quantity) Pair(V1.PriceLevel level) => (level.Price, level.Quantity);

    private static (string Price, string Quantity) Pair(V1.ConsolidatedLevel level) => (level.Price, level.Quantity);

    private void List(InstrumentId instrument, string symbol) => _deployment.FastPath.List(
        TestMarket.Instrument with { InstrumentId = instrument, Symbol = Text32.Of(symbol) });

    private void Show(
        InstrumentId instrument, (long, long)[] bids, (long, long)[] asks, TimeSpan? age = null) =>
        _deployment.FastPath.Show(instrument, bids, asks, age);
}
