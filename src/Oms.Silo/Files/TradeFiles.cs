using System.Buffers;
using System.Collections.Concurrent;
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
    // The feed writes them, and beside it files of past days are compressed.
    private readonly ConcurrentDictionary<AccountName, TradeFile> _files = new();
    private readonly ArrayBufferWriter<byte> _lines = new();

    public string Name => "trade files";

    public Task<long> ResumeAsync(AccountName account, long checkpointed, CancellationToken cancellation)
    {
        TradeFile file = _files.GetOrAdd(account, name => new(data, name));
        file.Resume(data.LogDays());
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

    /// <summary>Compresses the files of the days before this one.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void CompressBefore(DateOnly today, CancellationToken cancellation)
    {
        foreach (DateOnly day in data.LogDays().Where(day => day < today))
        {
            foreach (TradeFile file in _files.Values)
            {
                cancellation.ThrowIfCancellationRequested();
                file.Compress(day);
            }
        }
    }

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
}
