using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Silo.Feed;
using Oms.Silo.Text;

namespace Oms.Silo.Files;

/// <summary>Every fill as a line of its account's <c>trades.jsonl</c> of that day.</summary>
internal sealed class TradeFiles(DataFolder data, EventNames names) : IEventSink, IDisposable
{
    private readonly Dictionary<AccountName, TradeFile> _files = [];
    private readonly ArrayBufferWriter<byte> _lines = new();

    public string Name => "trade files";

    public Task<long> ResumeAsync(AccountName account, long checkpointed, CancellationToken cancellation)
    {
        if (_files.Remove(account, out TradeFile? before))
        {
            before.Dispose();
        }

        var file = TradeFile.Open(data, account, Days());
        _files.Add(account, file);
        return Task.FromResult(file.LastSequence);
    }

    public Task DeliverAsync(IReadOnlyList<AccountEvents> batch, CancellationToken cancellation)
    {
        foreach (AccountEvents events in batch)
        {
            Append(_files[events.Account], events);
        }

        return Task.CompletedTask;
    }

    public long HeldOf(AccountName account) => _files[account].LastSequence;

    public void Dispose()
    {
        foreach (TradeFile file in _files.Values)
        {
            file.Dispose();
        }
    }

    private void Append(TradeFile file, AccountEvents events)
    {
        _lines.ResetWrittenCount();
        long held = file.LastSequence;
        long last = 0;
        DateOnly day = default;
        using var json = new Utf8JsonWriter(_lines);
        foreach (byte[] message in events.Messages)
        {
            MessageHeader header = MessageBytes.Header(message);
            if (header.AccountSequence <= held || !EventSubjects.IsTrade(message))
            {
                continue;
            }

            if (last != 0 && TimeText.DayOf(header.UnixNanos) != day)
            {
                Flush(file, day, last);
            }

            day = TimeText.DayOf(header.UnixNanos);
            last = header.AccountSequence;
            EventJson.Write(json, message, events.Account, names);
            json.Reset();
            _lines.Write("\n"u8);
        }

        if (_lines.WrittenCount > 0)
        {
            Flush(file, day, last);
        }
    }

    private void Flush(TradeFile file, DateOnly day, long lastSequence)
    {
        file.Append(day, _lines.WrittenSpan, lastSequence);
        _lines.ResetWrittenCount();
    }

    /// <summary>The days for which there are folders, the newest first.</summary>
    private IEnumerable<DateOnly> Days()
    {
        string logs = Path.Combine(data.Path, "logs");
        foreach (string year in NumbersIn(logs))
        {
            foreach (string month in NumbersIn(year))
            {
                foreach (string day in NumbersIn(month))
                {
                    yield return new(NumberOf(year), NumberOf(month), NumberOf(day));
                }
            }
        }
    }

    private static IEnumerable<string> NumbersIn(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder)
                .Where(path => Path.GetFileName(path).All(char.IsAsciiDigit))
                .OrderDescending(StringComparer.Ordinal)
            : [];

    private static int NumberOf(string folder) =>
        int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);
}
