using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Silo.Feed;
using Oms.Silo.Text;

namespace Oms.Silo.Files;

/// <summary>
/// Every step of every transfer as a line of <c>transfers.jsonl</c>, a file per month. What stands behind the last
/// whole line was being written when the machine died, and is cut.
/// </summary>
internal sealed class TransferFiles(DataFolder data, EventNames names) : IEventSink, IDisposable
{
    /// <summary>A line that the checkpoint does not know yet stands in the newest file or in the one before.</summary>
    private const int FilesReadMax = 2;

    private readonly Dictionary<AccountName, long> _held = [];
    private readonly ArrayBufferWriter<byte> _line = new();
    private SafeFileHandle? _file;
    private (int Year, int Month) _month;

    public string Name => "transfer files";

    public Task<long> ResumeAsync(AccountName account, long checkpointed, CancellationToken cancellation)
    {
        Dispose();
        long held = checkpointed;
        foreach (string path in NewestFiles())
        {
            held = Math.Max(held, LastSequenceIn(path, account));
        }

        _held[account] = held;
        return Task.FromResult(held);
    }

    public Task DeliverAsync(IReadOnlyList<AccountEvents> batch, CancellationToken cancellation)
    {
        foreach (AccountEvents events in batch)
        {
            foreach (byte[] message in events.Messages)
            {
                ref readonly MessageHeader header = ref MessageBytes.Header(message);
                if (header.Kind == MessageKind.TransferReport && header.AccountSequence > _held[events.Account])
                {
                    Append(message, events.Account);
                }
            }

            _held[events.Account] = Math.Max(_held[events.Account], events.LastSequence);
        }

        return Task.CompletedTask;
    }

    public long HeldOf(AccountName account) => _held[account];

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private void Append(byte[] message, AccountName account)
    {
        DateOnly day = TimeText.DayOf(MessageBytes.Header(message).UnixNanos);
        if (_file is null || (day.Year, day.Month) != _month)
        {
            Dispose();
            string path = data.TransfersFile(day.Year, day.Month);
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "");
            _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            _month = (day.Year, day.Month);
        }

        _line.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_line);
        EventJson.Write(json, message, account, names);
        _line.Write("\n"u8);
        RandomAccess.Write(_file, _line.WrittenSpan, RandomAccess.GetLength(_file));
    }

    private IEnumerable<string> NewestFiles()
    {
        string folder = Path.Combine(data.Path, "transfers");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "transfers.jsonl", SearchOption.AllDirectories)
                .OrderDescending(StringComparer.Ordinal).Take(FilesReadMax)
            : [];
    }

    /// <summary>The last of an account's sequences in a file; cuts what is torn.</summary>
    private static long LastSequenceIn(string path, AccountName account)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (end < bytes.Length)
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read);
            RandomAccess.SetLength(file, end);
        }

        long last = 0;
        int start = 0;
        for (int number = 1; start < end; number++)
        {
            int length = bytes.AsSpan(start).IndexOf((byte)'\n');
            last = Math.Max(last, SequenceOf(bytes.AsSpan(start, length), account, path, number));
            start += length + 1;
        }

        return last;
    }

    /// <summary>0 where the line is of another account.</summary>
    private static long SequenceOf(ReadOnlySpan<byte> line, AccountName account, string path, int number)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            using JsonDocument document = JsonDocument.ParseValue(ref json);
            JsonElement step = document.RootElement;
            return step.GetProperty("account").GetString() == account.ToString()
                ? step.GetProperty("sequence").GetInt64()
                : 0;
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"{path}:{number} is no step of a transfer"), damage);
        }
    }
}
