namespace Oms.Logging;

/// <summary>
/// A log's present file: it is followed by a new one when it is full and when its day (UTC) is over. One thread at a
/// time writes.
/// </summary>
/// <param name="bytesMax">A line is never parted: the last one may go beyond.</param>
internal sealed class RollingFile(string folder, string log, long bytesMax, LogArchive archive) : IDisposable
{
    private FileStream? _file;
    private DateOnly _day;

    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Write(ReadOnlySpan<byte> line, DateOnly today)
    {
        _file ??= Open(today);
        // A clock that went back over midnight writes on in the newer file.
        if (_file.Length > 0 && (_day < today || _file.Length >= bytesMax))
        {
            Roll();
            _file = Open(today);
        }

        _file.Write(line);
        _file.Flush();
    }

    /// <summary>Ends the present file: what comes is in another.</summary>
    public void Roll()
    {
        Dispose();
        string current = Path.Combine(folder, LogFileName.Current(log));
        int number = 1;
        string rolled;
        do
        {
            rolled = Path.Combine(folder, new LogFileName(log, _day, number++).ToString());
        }
        while (File.Exists(rolled) || File.Exists(rolled + CompressedFile.Extension));

        File.Move(current, rolled);
        archive.Take(rolled);
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
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
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        _day = file.Length == 0 ? today : DateOnly.FromDateTime(File.GetLastWriteTimeUtc(path));
        return file;
    }
}
