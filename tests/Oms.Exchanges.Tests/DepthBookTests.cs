using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsCheck;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Exchanges.Binance;

namespace Oms.Exchanges.Tests;

public sealed class DepthBookTests
{
    [Theory]
    [InlineData("btcusdt_20240808.gz", "BTCUSDT", 5, 3_448)]
    [InlineData("ethusdt_20240808.gz", "ETHUSDT", 4, 3_432)]
    public void Recorded_book_has_no_gap_is_never_crossed_and_agrees_with_its_ticker(
        string file, string symbol, byte quantityDecimals, int applied)
    {
        var book = new DepthBook(Some.Listing(1, symbol, 2, quantityDecimals));
        var tops = new List<(long UpdateId, TopOfBook Top)>();
        var tickers = new SortedList<long, (long, long, long, long)>();
        foreach (string line in Lines(Recordings.Path("market", "hftbacktest", "spot", file)))
        {
            byte[] text = Encoding.UTF8.GetBytes(line[(line.IndexOf(' ') + 1)..]);
            if (line.Contains("@bookTicker"))
            {
                using JsonDocument ticker = JsonDocument.Parse(text);
                JsonElement data = ticker.RootElement.GetProperty("data");
                tickers[data.GetProperty("u").GetInt64()] = (
                    Mantissa(data, "b", 2), Shown(data, "B", quantityDecimals),
                    Mantissa(data, "a", 2), Shown(data, "A", quantityDecimals));
            }
            else if (line.Contains("\"lastUpdateId\""))
            {
                long before = book.UpdateId;
                Assert.Null(book.TakeSnapshot(text));
                Assert.True(book.IsValid);
                Assert.NotEqual(before, book.UpdateId);
            }
            else if (DepthFrame.TryRead(text, out DepthFrame diff))
            {
                long before = book.UpdateId;
                Assert.Null(book.TakeDiff(text, diff));
                if (book.IsValid && book.UpdateId != before)
                {
                    tops.Add((book.UpdateId, book.Top));
                }
            }
        }

        Assert.Equal(applied, tops.Count);
        Assert.Equal(applied, tops.Count(top => LatestUpTo(tickers, top.UpdateId)
            == (top.Top.BidPrice, top.Top.BidQuantity, top.Top.AskPrice, top.Top.AskQuantity)));
    }

    [Theory]
    [InlineData("btcusdt_20240808.gz", "BTCUSDT", 1, 6_545)]
    [InlineData("ethusdt_20240808.gz", "ETHUSDT", 2, 6_579)]
    public void Recorded_book_of_futures_is_chained_without_a_gap_and_agrees_with_its_ticker(
        string file, string symbol, byte priceDecimals, int compared)
    {
        var book = new DepthBook(Some.Listing(1, symbol, priceDecimals, 3), isChained: true);
        var tickers = new SortedList<long, (long, long, long, long)>();
        var tops = new List<(long UpdateId, TopOfBook Top)>();
        foreach (string line in Lines(Recordings.Path("market", "hftbacktest", "usdm", file)))
        {
            byte[] text = Encoding.UTF8.GetBytes(line[(line.IndexOf(' ') + 1)..]);
            if (line.Contains("@bookTicker"))
            {
                using JsonDocument ticker = JsonDocument.Parse(text);
                JsonElement data = ticker.RootElement.GetProperty("data");
                tickers[data.GetProperty("u").GetInt64()] = (
                    Mantissa(data, "b", priceDecimals), Mantissa(data, "B", 3),
                    Mantissa(data, "a", priceDecimals), Mantissa(data, "A", 3));
            }
            else if (line.Contains("\"lastUpdateId\""))
            {
                Assert.Null(book.TakeSnapshot(text));
            }
            else if (DepthFrame.TryRead(text, out DepthFrame diff))
            {
                Assert.Null(book.TakeDiff(text, diff));
                if (book.IsValid)
                {
                    tops.Add((book.UpdateId, book.Top));
                }
            }
        }

        Assert.Equal(compared, tops.Count);
        Assert.Equal(compared, tops.Count(top => LatestUpTo(tickers, top.UpdateId)
            == (top.Top.BidPrice, top.Top.BidQuantity, top.Top.AskPrice, top.Top.AskQuantity)));
    }

    [Theory]
    //          first diff's U, u, pu; taken
    [InlineData(90, 110, 80, true)]
    [InlineData(101, 110, 100, true)]
    [InlineData(120, 130, 110, false)]
    public void Snapshot_of_futures_is_continued_by_the_diff_that_contains_or_follows_it(
        long first, long last, long previous, bool isTaken)
    {
        var book = new DepthBook(Some.Listing(1, "BTCUSDT", 1, 3), isChained: true);
        Take(book, $$"""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":50,"u":60,"pu":40,"b":[],"a":[]}""");
        Assert.Null(book.TakeSnapshot("""{"lastUpdateId":100,"E":1,"T":1,"bids":[],"asks":[]}"""u8));
        string? trouble = Take(book, string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $$"""{"e":"depthUpdate","s":"BTCUSDT","U":{{first}},"u":{{last}},"pu":{{previous}},"b":[],"a":[]}"""));
        Assert.Equal(isTaken, trouble is null);
        // Numbers are shared with other books: what follows need not be the next, only say what it follows.
        Assert.Equal(isTaken, Take(book, string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $$"""{"e":"depthUpdate","s":"BTCUSDT","U":{{last + 70}},"u":{{last + 90}},"pu":{{last}},"b":[],"a":[]}"""))
            is null && book.IsValid);
    }

    private static string? Take(DepthBook book, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.True(DepthFrame.TryRead(bytes, out DepthFrame diff));
        return book.TakeDiff(bytes, diff);
    }

    [Fact]
    public void Recorded_snapshot_that_ends_with_a_diff_is_taken_and_continued()
    {
        Dictionary<string, byte[]> snapshots = File.ReadLines(
            Recordings.Path("payloads", "cryptofeed-raw", "BINANCE.http.0.0"))
            .Where(line => line.Contains("/depth?symbol="))
            .ToDictionary(
                line => line.Split("symbol=")[1].Split('&')[0],
                line => Encoding.UTF8.GetBytes(line[line.IndexOf('{')..]));
        int continued = 0;
        foreach ((string symbol, byte[] snapshot) in snapshots)
        {
            var book = new DepthBook(Some.Listing(1, symbol, 8, 8));
            foreach (
                string line in File.ReadLines(Recordings.Path("payloads", "cryptofeed-raw", "BINANCE.ws.1.0"))
                .Where(
                    line => line.Contains($"{symbol.ToLowerInvariant()}@depth") && !line.StartsWith("wss")))
            {
                byte[] text = Encoding.UTF8.GetBytes(line[line.IndexOf('{')..]);
                Assert.True(DepthFrame.TryRead(text, out DepthFrame diff));
                Assert.Null(book.TakeDiff(text, diff));
            }

            Assert.Null(book.TakeSnapshot(snapshot));
            Assert.True(book.IsValid);
            Assert.True(DepthFrame.TryRead(snapshot, out DepthFrame start));
            continued += book.UpdateId > start.LastUpdateId ? 1 : 0;
        }

        Assert.Equal(4, snapshots.Count);
        Assert.Equal(4, continued);
    }

    // What was kept, what the snapshot holds, what comes then; valid at which update, or why not.
    [Theory]
    [InlineData("5-6 7-9", 6, "10-11", 11, null)]
    [InlineData("5-6 7-9", 9, "10-10", 10, null)]
    [InlineData("5-6", 4, "", 6, null)]
    [InlineData("5-6", 3, "", 0, "snapshot 3 is older than the first diff 5")]
    [InlineData("5-6 8-9", 5, "", 0, "gap between 6 and 8")]
    [InlineData("5-6", 6, "8-9", 0, "gap between 6 and 8")]
    [InlineData("5-6", 8, "7-8 9-9", 9, null)]
    public void Rules_of_the_documentation(
        string kept, long snapshot, string then, long updateId, string? trouble)
    {
        var book = new DepthBook(Some.Listing(1, "BTCUSDT", 2, 5));
        string? found = null;
        TakeAll(kept);
        Assert.False(book.IsValid);
        Assert.True(book.NeedsSnapshot);
        found = book.TakeSnapshot(Encoding.UTF8.GetBytes(
            $$"""{"lastUpdateId":{{snapshot}},"bids":[["10.00","1.00000"]],"asks":[["11.00","2.00000"]]}"""));
        TakeAll(then);
        Assert.Equal(trouble, found);
        Assert.Equal(trouble is null, book.IsValid);
        Assert.Equal(trouble is null ? 1000 : 0, book.Top.BidPrice);
        Assert.Equal(trouble is null ? updateId : book.UpdateId, book.UpdateId);

        void TakeAll(string diffs)
        {
            foreach (string[] range in diffs.Split(
                ' ', StringSplitOptions.RemoveEmptyEntries).Select(d => d.Split('-')))
            {
                byte[] text = Diff(range[0], range[1], "");
                Assert.True(DepthFrame.TryRead(text, out DepthFrame diff));
                found ??= book.TakeDiff(text, diff);
            }
        }
    }

    [Theory]
    [InlineData("[\"12.00\",\"1\"]", "crossed at 7")]
    [InlineData("[\"9.001\",\"1\"]", "price '9.001' is not exact at 2 decimals")]
    public void Book_that_cannot_be_true_is_not_shown(string bids, string trouble)
    {
        var book = new DepthBook(Some.Listing(1, "BTCUSDT", 2, 5));
        Assert.Null(
            book.TakeSnapshot("""{"lastUpdateId":6,"bids":[["10.00","1"]],"asks":[["11.00","2"]]}"""u8));
        Assert.Equal((1000, 1100), (book.Top.BidPrice, book.Top.AskPrice));
        byte[] text = Diff("7", "7", bids);
        Assert.True(DepthFrame.TryRead(text, out DepthFrame diff));
        Assert.Equal(trouble, book.TakeDiff(text, diff));
        Assert.False(book.IsValid);
        Assert.Equal((0, 0), (book.Top.BidPrice, book.Top.AskPrice));
    }

    [Fact]
    public void Levels_agree_with_a_sorted_dictionary() =>
        Gen.Select(Gen.Bool, Gen.Select(Gen.Long[1, 30], Gen.Long[0, 3]).Array)
        .Sample((isBids, changes) =>
        {
            var levels = new PriceLevels(isBids ? Side.Buy : Side.Sell);
            var naive = new SortedDictionary<long, long>();
            foreach ((long price, long quantity) in changes)
            {
                levels.Set(price, quantity);
                _ = quantity == 0 ? naive.Remove(price) : naive.TryAdd(price, quantity);
                if (quantity != 0)
                {
                    naive[price] = quantity;
                }

                KeyValuePair<long, long> best = naive.Count == 0
                    ? default
                    : isBids ? naive.Last() : naive.First();
                Assert.Equal((best.Key, best.Value, naive.Count), (
                    levels.BestPrice, levels.BestQuantity, levels.Count));
            }

            Span<BookLevel> shown = new BookLevel[5];
            Assert.Equal(
                (isBids ? naive.Reverse() : naive).Take(5).Select(level => (level.Key, level.Value)),
                shown[..levels.CopyBest(shown)].ToArray().Select(level => (level.Price, level.Quantity)));
        });

    private static byte[] Diff(string first, string last, string bids) => Encoding.UTF8.GetBytes(
        $$$"""
        {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000000,"s":"BTCUSDT",
        "U":{{{first}}},"u":{{{last}}},"b":[{{{bids}}}],"a":[]}}
        """);

    private static (long, long, long, long) LatestUpTo(
        SortedList<long, (long, long, long, long)> tickers, long updateId)
    {
        int low = 0;
        int high = tickers.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = tickers.Keys[middle] <= updateId ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? default : tickers.Values[low - 1];
    }

    private static long Mantissa(JsonElement data, string name, int decimals)
    {
        Assert.True(DecimalText.TryParse(data.GetProperty(name).GetString(), decimals, out long mantissa));
        return mantissa;
    }

    /// <summary>Real quantities may be finer than a lot; what is shown is cut.</summary>
    private static long Shown(JsonElement data, string name, int decimals) =>
        (long)Rounding.RescaleRoundingDown(Mantissa(data, name, 8), 8, decimals);

    private static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
