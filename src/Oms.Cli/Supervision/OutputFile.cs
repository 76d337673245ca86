using System.Globalization;
using Oms.Domain.Configuration;
using Oms.Logging;

namespace Oms.Cli.Supervision;

/// <summary>
/// What a process prints, in <c>logs/processes/name.out</c>. Bounded: what was before is in <c>.out.1.gz</c>.
/// </summary>
internal sealed class OutputFile
{
    private const long LengthBytesMax = 8 << 20;
    private const int LinesMax = 10;
    private const string StartMark = "--- ";
    private readonly Lock _gate = new();
    private readonly string _path;
    private FileStream _file;

    private OutputFile(string path)
    {
        _path = path;
        Rotate(path, LengthBytesMax);
        _file = Open(path);
    }

    public static string PathOf(DataFolder data, string process) =>
        Path.Combine(data.ProcessLogs, process + ".out");

    /// <summary>Moves a file away, compressed, that is as long as this, or longer.</summary>
    public static void Rotate(string path, long lengthBytes)
    {
        if (File.Exists(path) && new FileInfo(path).Length >= lengthBytes)
        {
            File.Move(path, path + ".1", overwrite: true);
            Compress(path + ".1");
        }
    }

    /// <summary>A full disk keeps it as it is: what is printed goes on.</summary>
    private static void Compress(string path)
    {
        try
        {
            CompressedFile.Compress(path);
        }
        catch (IOException)
        {
            // The next one takes its place.
        }
    }

    /// <summary>The last lines that were printed since the last start, each once.</summary>
    public static string[] SinceLastStart(string path)
    {
        var lines = new List<string>();
        foreach (string line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            if (line.StartsWith(StartMark, StringComparison.Ordinal))
            {
                lines.Clear();
            }
            else
            {
                lines.Add(line);
            }
        }

        return [.. lines.Distinct().TakeLast(LinesMax)];
    }

    /// <summary>Copies until both streams end, which they do with the process.</summary>
    public static async Task CopyAsync(
        string path, DateTimeOffset startedAt, int pid, Stream output, Stream errors)
    {
        var target = new OutputFile(path);
        target.Write(System.Text.Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{StartMark}{startedAt:O} pid {pid}\n")));
        await Task.WhenAll(target.CopyAsync(output), target.CopyAsync(errors));
        await target._file.DisposeAsync();
    }

    private async Task CopyAsync(Stream stream)
    {
        byte[] buffer = new byte[16 * 1024];
        int length;
        while ((length = await stream.ReadAsync(buffer)) > 0)
        {
            Write(buffer.AsSpan(0, length));
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        // Both streams of one process write here; nobody else does.
        lock (_gate)
        {
            try
            {
                _file.Write(bytes);
                if (_file.Length >= LengthBytesMax)
                {
                    _file.Dispose();
                    Rotate(_path, LengthBytesMax);
                    _file = Open(_path);
                }
            }
            catch (IOException)
            {
                // A full disk: what is printed is lost, and read all the same, or its process would wait for ever.
            }
        }
    }

    private static FileStream Open(string path) =>
        new(path, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
}
