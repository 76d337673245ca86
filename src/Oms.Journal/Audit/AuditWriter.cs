using System.Text;

namespace Oms.Journal.Audit;

/// <summary>
/// Appends to the audit log: one line a record, each chained to the one before it by its hash, over restarts
/// and over the files of the days. One process writes it, one thread at a time.
/// </summary>
public sealed class AuditWriter : IDisposable
{
    private readonly string _folder;
    private FileStream? _file;
    private string _path = "";
    private long _sequence;
    private string _previous = AuditLine.FirstPrevious;

    /// <summary>Goes on behind the last line.</summary>
    /// <exception cref="InvalidDataException">The last line was changed.</exception>
    /// <exception cref="IOException">The folder or a file cannot be used.</exception>
    public AuditWriter(string folder)
    {
        _folder = folder;
        _ = Directory.CreateDirectory(
            folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (string path in AuditFolder.Files(folder).Reverse())
        {
            CutTorn(path);
            if (File.ReadLines(path).LastOrDefault() is not { } last)
            {
                continue;
            }

            if (!AuditLine.TryRead(last, out _sequence, out _, out _previous))
            {
                throw new InvalidDataException($"{path}: the last line was changed, or is none");
            }

            break;
        }
    }

    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Append(AuditRecord record)
    {
        (string text, string hash) = AuditLine.Write(record, _sequence + 1, _previous);
        FileStream file = FileFor(record.Time);
        file.Write(Encoding.UTF8.GetBytes(text + "\n"));
        (_sequence, _previous) = (_sequence + 1, hash);
    }

    /// <summary>Hands what was appended to the operating system: it survives the death of the process.</summary>
    public void Flush() => _file?.Flush();

    public void Dispose() => _file?.Dispose();

    private FileStream FileFor(DateTimeOffset time)
    {
        string path = AuditFolder.FileOf(_folder, time);
        // A clock that went back over midnight writes on in the newer file: the order of files stays that of lines.
        if (_file is null || string.CompareOrdinal(path, _path) > 0)
        {
            _file?.Dispose();
            string newest = AuditFolder.Files(_folder).LastOrDefault() ?? path;
            _path = string.CompareOrdinal(path, newest) > 0 ? path : newest;
            _file = new FileStream(_path, new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.Read,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }

        return _file;
    }

    /// <summary>A line that a dying process did not finish says nothing: it is cut off.</summary>
    private static void CutTorn(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        long end = file.Length;
        while (end > 0)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                break;
            }

            end--;
        }

        if (end < file.Length)
        {
            file.SetLength(end);
        }
    }
}
