using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using Oms.Testing;

namespace Oms.EndToEnd;

/// <summary>
/// Compares what the silo has told others of trades, in files and on JetStream, with the exchange's ledger.
/// </summary>
internal static class PublishedTrades
{
    private const int MessageNotFound = 10037;

    /// <summary>
    /// Waits until files and streams have every trade of the ledger once, in order, and nothing else.
    /// </summary>
    public static async Task AgreeAsync(Deployment deployment)
    {
        await using NatsConnection connection = await deployment.ConnectToNatsAsync();
        SimulatorLedger ledger = await deployment.LedgerAsync();
        foreach (string account in ledger.Trades.Select(trade => trade.Account).Distinct())
        {
            string[] truth = [.. ledger.Trades
                .Where(trade => trade.Account == account)
                .Select(TextOf)
                .Order(StringComparer.Ordinal)];
            await AgreesAsync(account, truth, () => Task.FromResult(InFiles(deployment, account)));
            await AgreesAsync(account, truth, () => OnStreamAsync(connection, account));
        }
    }

    private static async Task AgreesAsync(
        string account, string[] truth, Func<Task<List<JsonElement>>> readAsync)
    {
        List<JsonElement> published = [];
        await Eventually.True(
            async () => (published = await readAsync()).Count >= truth.Length,
            Deployment.ReadyDeadline,
            $"{truth.Length} trades of {account} are published");
        Assert.Equal(truth, published.Select(TextOf).Order(StringComparer.Ordinal));
        Assert.All(published, trade =>
            Assert.Equal($"binance/{account}", trade.GetProperty("account").GetString()));
        long[] sequences = [.. published.Select(trade => trade.GetProperty("sequence").GetInt64())];
        Assert.All(
            sequences.Zip(sequences.Skip(1)),
            pair => Assert.True(pair.First < pair.Second, $"{pair}"));
    }

    /// <summary>The lines of all days, the oldest first.</summary>
    private static List<JsonElement> InFiles(Deployment deployment, string account)
    {
        string part = $"{Path.DirectorySeparatorChar}{account}{Path.DirectorySeparatorChar}";
        string logs = Path.Combine(deployment.Data.Path, "logs");
        return [.. Directory.EnumerateFiles(logs, "trades.jsonl*", SearchOption.AllDirectories)
            .Where(path => path.Contains(part, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(WholeLinesOf)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    /// <summary>Without what stands behind the last line's end: it is being written.</summary>
    private static string[] WholeLinesOf(string path)
    {
        using Stream file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        using var reader = new StreamReader(plain);
        string text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<List<JsonElement>> OnStreamAsync(NatsConnection connection, string account)
    {
        INatsJSStream stream =
            await new NatsJSContext(connection).GetStreamAsync($"events-binance-{account}");
        var trades = new List<JsonElement>();
        ulong next = 1;
        while (await NextAsync(stream, next, $"trades.binance.{account}.>") is { } message)
        {
            trades.Add(JsonSerializer.Deserialize<JsonElement>(message.Data.Span));
            next = message.Seq + 1;
        }

        return trades;
    }

    private static async Task<StoredMessage?> NextAsync(INatsJSStream stream, ulong from, string subject)
    {
        try
        {
            StreamMsgGetResponse response =
                await stream.GetAsync(new StreamMsgGetRequest { Seq = from, NextBySubj = subject });
            return response.Message;
        }
        catch (NatsJSApiException end) when (end.Error.ErrCode == MessageNotFound)
        {
            return null;
        }
    }

    private static string TextOf(SimulatorTrade trade) => string.Create(
        CultureInfo.InvariantCulture,
        $"{trade.Symbol} trade {trade.TradeId}: {(trade.IsBuy ? "buy" : "sell")} {trade.Quantity:G29} "
        + $"@ {trade.Price:G29} fee {trade.Commission:G29} {trade.CommissionAsset}");

    private static string TextOf(JsonElement trade) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Text(trade, "symbol").Split(':')[0].Replace("/", "", StringComparison.Ordinal)} "
        + $"trade {Text(trade, "trade_id")}: "
        + $"{Text(trade, "side")} {Number(trade, "quantity"):G29} @ {Number(trade, "price"):G29} "
        + $"fee {Number(trade, "fee"):G29} {Text(trade, "fee_asset")}");

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static decimal Number(JsonElement row, string name) =>
        decimal.Parse(Text(row, name), CultureInfo.InvariantCulture);
}
