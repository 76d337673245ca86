using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Oms.Domain;

namespace Oms.Journal;

/// <summary>
/// The last segment of a log, as its copier writes it. Bytes are overwritten where zeros were written before:
/// a sync that has no length and no block to note takes half the time.
/// </summary>
internal sealed class SegmentFile : IDisposable
{
    /// <summary>Zeros that stand ready behind the records, once there was time to write them.</summary>
    public const int AheadBytesMax = 16 << 20;

    /// <summary>Zeros in one write.</summary>
    public const int ZerosBytes = 1 << 20;

    private static readonly byte[] Zeros = new byte[ZerosBytes];

    private readonly Disk _disk;
    private readonly SafeFileHandle _file;
    private long _lengthBytes;

    private SegmentFile(Disk disk, string path, SafeFileHandle file, in SegmentHeader header)
    {
        _disk = disk;
        Path = path;
        _file = file;
        _lengthBytes = RandomAccess.GetLength(file);
        LogId = header.LogId;
        First = header.First;
    }

    public string Path { get; }

    public long LogId { get; }

    /// <summary>Where it begins.</summary>
    public LogPoint First { get; }

    /// <summary>Goes on with a segment.</summary>
    public static SegmentFile Open(Disk disk, string path, in SegmentHeader header) =>
        new(disk, path, disk.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read), in header);

    /// <summary>Makes a segment; when this returns, it is on the disk, without a record.</summary>
    /// <exception cref="IOException">There is no such segment.</exception>
    public static SegmentFile Create(Disk disk, string folder, long logId, in LogPoint first)
    {
        string path = Segments.PathOf(folder, first.RecordSequence + 1);
        SegmentHeader header = SegmentHeader.Of(logId, in first);
        SafeFileHandle file = disk.Open(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            disk.Write(file, MemoryMarshal.AsBytes(new ReadOnlySpan<SegmentHeader>(in header)), 0);
            disk.Sync(file);
            disk.SyncFolder(folder);
            return new(disk, path, file, in header);
        }
        catch (IOException)
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Where in the file a position of the log is.</summary>
    public long OffsetOf(long position)
    {
        Invariant.Holds(position >= First.Position);
        return SegmentHeader.Length + position - First.Position;
    }

    /// <exception cref="IOException">Some of it may be written.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long position)
    {
        long offset = OffsetOf(position);
        _disk.Write(_file, bytes, offset);
        _lengthBytes = Math.Max(_lengthBytes, offset + bytes.Length);
    }

    /// <summary>Bytes that stand ready behind a position.</summary>
    public long ZerosBehind(long position) => _lengthBytes - OffsetOf(position);

    /// <summary>Writes some zeros behind a position; false when there are enough.</summary>
    /// <param name="lengthBytesMax">Of the file: it is not made longer.</param>
    public bool Prepare(long position, long lengthBytesMax)
    {
        long wanted = Math.Min(OffsetOf(position) + AheadBytesMax, lengthBytesMax);
        if (_lengthBytes >= wanted)
        {
            return false;
        }

        int length = (int)Math.Min(Zeros.Length, wanted - _lengthBytes);
        _disk.Write(_file, Zeros.AsSpan(0, length), _lengthBytes);
        _lengthBytes += length;
        return true;
    }

    /// <summary>Returns when everything written is on the disk.</summary>
    public void Sync() => _disk.Sync(_file);

    /// <summary>Cuts the zeros behind the last record.</summary>
    public void Finish(long endPosition)
    {
        _lengthBytes = OffsetOf(endPosition);
        _disk.Cut(_file, _lengthBytes);
    }

    public void Dispose() => _file.Dispose();
}
