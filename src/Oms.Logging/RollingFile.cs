namespace Oms.Logging;

/// <summary>
/// A log's present file: it is followed by a new one when it is full and when its day (UTC) is over. One thread at a
/// time writes.
/// </summary>
/// <param name="bytesMax">A line is never parted: the last one may go beyond.</param>
internal sealed class RollingFile(string folder, string log, long bytesMax, LogArchive archive) : IDisposable
{
    private FileStream? _file;
    private long _length;
    private DateOnly _day;
    private (DateOnly Day, int Number) _lastRolled;

    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Write(ReadOnlySpan<byte> line, DateOnly today)
    {
        _file ??= Open(today);
        // A clock that went back over midnight writes on in the newer file.
        if (_length > 0 && (_day < today || _length >= bytesMax))
        {
            Roll();
            _file = Open(today);
        }

        try
        {
            _file.Write(line);
            _length += line.Length;
        }
        catch (IOException)
        {
            // Part of a line would make the next one unreadable too.
            _file.SetLength(_length);
            throw;
        }
    }

    /// <summary>Ends the present file: what comes is in another.</summary>
    public void Roll()
    {
        Dispose();
        string current = Path.Combine(folder, LogFileName.Current(log));
        string rolled = Path.Combine(folder, new LogFileName(log, _day, NextNumber()).ToString());
        File.Move(current, rolled);
        archive.Take(rolled);
    }

    public void Dispose()
    {
        // What is disposed of is not written to again, also where that fails.
        FileStream? file = _file;
        _file = null;
        file?.Dispose();
    }

    /// <summary>
    /// After the last of the day. The oldest may have been removed, or all: a free number is not the next.
    /// </summary>
    private int NextNumber()
    {
        int last = Directory.EnumerateFiles(folder)
            .Select(path => LogFileName.TryParse(path, log, out LogFileName? name) && name.Value.Day == _day
                ? name.Value.Number
                : 0)
            .DefaultIfEmpty()
            .Max();
        _lastRolled = (_day, Math.Max(last, _lastRolled.Day == _day ? _lastRolled.Number : 0) + 1);
        return _lastRolled.Number;
    }

    private FileStream Open(DateOnly today)
    {
        _ = Directory.CreateDirectory(
            folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string path = Path.Combine(folder, LogFileName.Current(log));
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        _length = file.Length;
        _day = _length == 0 ? today : DateOnly.FromDateTime(File.GetLastWriteTimeUtc(path));
        return file;
    }
}
