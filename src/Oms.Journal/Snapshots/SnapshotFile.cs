using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Oms.Journal.Snapshots;

/// <summary>
/// A snapshot: what follows from a log up to a place, for whoever knows what to make of the bytes.
/// </summary>
public sealed class SnapshotFile
{
    private const int BufferBytes = 1 << 16;

    private readonly SnapshotHeader _header;

    private SnapshotFile(string path, in SnapshotHeader header)
    {
        Path = path;
        _header = header;
    }

    public string Path { get; }

    public long LogId => _header.LogId;

    /// <summary>The log goes on here.</summary>
    public LogPoint Point => _header.Point;

    /// <summary>Of the state that the content describes.</summary>
    public ulong StateHash => _header.StateHash;

    /// <exception cref="InvalidDataException">It is damaged, or of another version.</exception>
    public static SnapshotFile Open(string path)
    {
        using FileStream file = OpenForReading(path);
        var header = default(SnapshotHeader);
        int length = file.ReadAtLeast(
            MemoryMarshal.AsBytes(new Span<SnapshotHeader>(ref header)),
            SnapshotHeader.Length,
            throwOnEndOfStream: false);
        string? problem = length < SnapshotHeader.Length ? "it is too short" : header.Problem();
        return problem is null
            ? new(path, in header)
            : throw new InvalidDataException($"{path} cannot be used: {problem}");
    }

    /// <summary>Proves the content, and reads it.</summary>
    /// <exception cref="InvalidDataException">The content is damaged.</exception>
    public T Read<T>(Func<Stream, T> read)
    {
        using FileStream file = OpenForReading(Path);
        file.Position = SnapshotHeader.Length;
        var hash = new XxHash3();
        hash.Append(file);
        if (file.Length - SnapshotHeader.Length != _header.ContentBytes
            || hash.GetCurrentHashAsUInt64() != _header.ContentHash)
        {
            throw new InvalidDataException($"{Path} cannot be used: its content is damaged");
        }

        file.Position = SnapshotHeader.Length;
        return read(file);
    }

    private static FileStream OpenForReading(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes);
}
