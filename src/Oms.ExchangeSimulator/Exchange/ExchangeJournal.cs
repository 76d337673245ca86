using System.Text.Json;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// The exchange's memory: an append-only file of JSON lines. A line is with the operating system before the
/// client hears of it, so the death of this process loses nothing that was acknowledged.
/// </summary>
internal sealed class ExchangeJournal : IDisposable
{
    public const string FileName = "exchange.jsonl";

    private const long IdsPerRun = 1_000_000_000;

    private readonly FileStream _file;

    private ExchangeJournal(FileStream file, IReadOnlyList<JournalBatch> batches)
    {
        _file = file;
        Restored = batches;
        Run = 1 + batches.Max(batch => batch.Run ?? 0);
    }

    private ExchangeJournal(FileStream file)
    {
        _file = file;
        Restored = [];
        Run = 1;
    }

    /// <summary>What earlier runs wrote.</summary>
    public IReadOnlyList<JournalBatch> Restored { get; }

    public long Run { get; }

    /// <summary>Where ids that are not kept begin in this run, above those of any earlier run.</summary>
    public long FirstId => Run * IdsPerRun;

    /// <summary>Reads what is there, cuts a torn last line off, and is ready to append.</summary>
    /// <exception cref="StartException">The file is in use, or damaged before its last line.</exception>
    public static ExchangeJournal Open(string directory)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            _ = Directory.CreateDirectory(directory);
            FileStream file = new(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            List<JournalBatch> batches = Read(file, path);
            return batches.Count == 0 ? new ExchangeJournal(file) : new ExchangeJournal(file, batches);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException(
                $"--data: {path} cannot be opened: {exception.Message}", StartException.Failed);
        }
    }

    /// <summary>Writes down that a run begins.</summary>
    public void Begin(long nowMs) => Append(new JournalBatch { TimeMs = nowMs, Run = Run });

    public void Append(JournalBatch batch)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(batch, JournalJson.Default.JournalBatch);
        byte[] line = [.. json, (byte)'\n'];
        try
        {
            _file.Write(line);
        }
        catch (IOException exception)
        {
            // The books are ahead of the journal now: only a restart makes them agree again.
            Environment.FailFast($"the journal cannot be written: {exception.Message}");
        }
    }

    public void Dispose() => _file.Dispose();

    private static List<JournalBatch> Read(FileStream file, string path)
    {
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        List<JournalBatch> batches = [];
        int start = 0;
        while (start < bytes.Length)
        {
            int length = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0)
            {
                break;
            }

            batches.Add(Parse(bytes.AsSpan(start, length), path, batches.Count + 1));
            start += length + 1;
        }

        file.SetLength(start);
        _ = file.Seek(0, SeekOrigin.End);
        return batches;
    }

    private static JournalBatch Parse(ReadOnlySpan<byte> line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJson.Default.JournalBatch)
                ?? throw new StartException($"{path}:{number}: is null", StartException.Failed);
        }
        catch (JsonException exception)
        {
            throw new StartException(
                $"{path}:{number}: is damaged: {exception.Message}", StartException.Failed);
        }
    }
}
