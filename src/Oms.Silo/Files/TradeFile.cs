using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Logging;

namespace Oms.Silo.Files;

/// <summary>
/// The fills of an account, a line each, a file per day, compressed once the day is over. The last whole line says how
/// far it got; what stands behind it was being written when the machine died, and is cut.
/// </summary>
internal sealed class TradeFile(DataFolder data, AccountName account) : IDisposable
{
    public const string FileName = "trades.jsonl";

    private const int LineBytesMax = 4096;

    private readonly Lock _writing = new();
    private SafeFileHandle? _handle;
    private DateOnly _day;

    /// <summary>Of the last line; 0 where there is none.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Finds the last line, and cuts what is torn.</summary>
    /// <param name="days">On which there may be files, the newest first.</param>
    public void Resume(IEnumerable<DateOnly> days)
    {
        lock (_writing)
        {
            Close();
            LastSequence = days.Select(day => LastSequenceIn(PathOf(day))).FirstOrDefault(last => last > 0);
        }
    }

    /// <param name="lines">Whole lines, written at once.</param>
    /// <param name="lastSequence">Of the last of them.</param>
    public void Append(DateOnly day, ReadOnlySpan<byte> lines, long lastSequence)
    {
        lock (_writing)
        {
            if (_handle is null || day != _day)
            {
                Close();
                string path = PathOf(day);
                _ = Directory.CreateDirectory(data.AccountLogs(account, day));
                // Of a day long ago: the feed was away.
                CompressedFile.Expand(path);
                _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
                _day = day;
            }

            RandomAccess.Write(_handle, lines, RandomAccess.GetLength(_handle));
            LastSequence = lastSequence;
        }
    }

    /// <summary>Compresses the file of a day that is over, if there is one. Lines that come meanwhile wait.</summary>
    /// <exception cref="IOException">The disk does not take it; the file is as it was.</exception>
    public void Compress(DateOnly day)
    {
        string path = PathOf(day);
        lock (_writing)
        {
            if (File.Exists(path))
            {
                Close();
                CompressedFile.Compress(path);
            }
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            Close();
        }
    }

    private void Close()
    {
        _handle?.Dispose();
        _handle = null;
    }

    private string PathOf(DateOnly day) => Path.Combine(data.AccountLogs(account, day), FileName);

    private static long LastSequenceIn(string path)
    {
        if (!File.Exists(path))
        {
            return File.Exists(path + CompressedFile.Extension) ? LastSequenceInCompressed(path) : 0;
        }

        using SafeFileHandle handle =
            File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        return LastSequenceIn(handle, path);
    }

    private static long LastSequenceIn(SafeFileHandle handle, string path)
    {
        long length = RandomAccess.GetLength(handle);
        byte[] tail = new byte[Math.Min(length, 2 * LineBytesMax)];
        _ = RandomAccess.Read(handle, tail, length - tail.Length);
        int end = tail.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (end < tail.Length)
        {
            RandomAccess.SetLength(handle, length - tail.Length + end);
        }

        if (end == 0)
        {
            return length == tail.Length ? 0 : LastSequenceIn(handle, path);
        }

        ReadOnlySpan<byte> lines = tail.AsSpan(0, end - 1);
        return SequenceOf(lines[(lines.LastIndexOf((byte)'\n') + 1)..], path);
    }

    private static long LastSequenceInCompressed(string path)
    {
        using var reader = new StreamReader(CompressedFile.OpenRead(path));
        string last = "";
        while (reader.ReadLine() is { } line)
        {
            last = line;
        }

        return last.Length == 0 ? 0 : SequenceOf(Encoding.UTF8.GetBytes(last), path);
    }

    private static long SequenceOf(ReadOnlySpan<byte> line, string path)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            while (json.Read())
            {
                if (json.TokenType == JsonTokenType.PropertyName
                    && json.ValueTextEquals("sequence"u8)
                    && json.Read())
                {
                    return json.GetInt64();
                }
            }
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException($"the last line of {path} is no JSON", damage);
        }

        throw new InvalidDataException($"the last line of {path} has no sequence");
    }
}
