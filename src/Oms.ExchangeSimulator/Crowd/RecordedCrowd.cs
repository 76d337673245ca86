using System.IO.Compression;
using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;
using Oms.Matching;

namespace Oms.ExchangeSimulator.Crowd;

/// <summary>
/// The crowd of a recording: gzip text, each line a local time and a stream message, with one raw depth
/// snapshot among them. Played over and over; the time between two rounds is that between two diffs.
/// </summary>
internal sealed class RecordedCrowd(string path) : ICrowd
{
    private const long LoopPauseMs = 100;

    /// <summary>The recording of a symbol; null where there is none.</summary>
    public static string? Find(string? directory, string symbol) =>
        directory is not null && Directory.Exists(directory)
        ? Directory.EnumerateFiles(directory, $"{symbol.ToLowerInvariant()}_*.gz").Order().FirstOrDefault()
        : null;

    public IEnumerable<CrowdStep> Steps()
    {
        long shiftMs = 0;
        while (true)
        {
            long firstMs = 0;
            long lastMs = 0;
            foreach (CrowdStep step in Round())
            {
                firstMs = firstMs == 0 ? step.AtMs : firstMs;
                lastMs = step.AtMs;
                yield return step with { AtMs = step.AtMs + shiftMs };
            }

            if (firstMs == 0)
            {
                throw new StartException(
                    $"--recordings: {path} holds no depth snapshot", StartException.WrongUsage);
            }

            shiftMs += lastMs - firstMs + LoopPauseMs;
        }
    }

    /// <summary>
    /// The recording once: what precedes the snapshot is dropped, as are the diffs it contains.
    /// </summary>
    private IEnumerable<CrowdStep> Round()
    {
        long nowMs = 0;
        long snapshotId = 0;
        foreach (RecordedMessage message in Messages())
        {
            if (message.Stream is null)
            {
                snapshotId = message.LastUpdateId;
                yield return new CrowdReset(nowMs, Levels(message.Bids, message.Asks));
                continue;
            }

            RecordedEvent recorded = message.Event ?? new RecordedEvent();
            nowMs = Math.Max(nowMs, recorded.EventTimeMs);
            if (snapshotId == 0)
            {
                continue;
            }

            if (recorded.Price is not null && recorded.Quantity is not null)
            {
                yield return new CrowdTrade(
                    nowMs, Amount.Of(recorded.Price), Amount.Of(recorded.Quantity), recorded.IsBuyerMaker);
            }
            else if (recorded.LastUpdateId > snapshotId)
            {
                yield return new CrowdDiff(nowMs, Levels(recorded.Bids, recorded.Asks));
            }
        }
    }

    private IEnumerable<RecordedMessage> Messages()
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Contains("@bookTicker", StringComparison.Ordinal))
            {
                continue;
            }

            yield return Parse(line, number);
        }
    }

    private RecordedMessage Parse(string line, int number)
    {
        try
        {
            ReadOnlySpan<char> json = line.AsSpan(line.IndexOf(' ') + 1);
            return JsonSerializer.Deserialize(json, RecordingJson.Default.RecordedMessage)
                ?? new RecordedMessage();
        }
        catch (JsonException exception)
        {
            throw new StartException(
                $"--recordings: {path}:{number}: {exception.Message}", StartException.WrongUsage);
        }
    }

    private static List<CrowdLevel> Levels(string[][]? bids, string[][]? asks)
    {
        List<CrowdLevel> levels = [];
        foreach (string[] bid in bids ?? [])
        {
            levels.Add(new CrowdLevel(BookSide.Bid, Amount.Of(bid[0]), Amount.Of(bid[1])));
        }

        foreach (string[] ask in asks ?? [])
        {
            levels.Add(new CrowdLevel(BookSide.Ask, Amount.Of(ask[0]), Amount.Of(ask[1])));
        }

        return levels;
    }
}
