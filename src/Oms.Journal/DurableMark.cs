using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Oms.Journal;

/// <summary>
/// The file beside the segments that says up to where they were on the disk. It is written after each sync
/// and not synced itself: what it says is true, and after the death of a machine it may be old. So what is
/// broken before the mark is damage, and what is broken behind it is the end that the machine took with it.
/// </summary>
internal sealed class DurableMark : IDisposable
{
    private const string FileName = "durable.mark";
    private const ulong MagicValue = 0x31_4B52414D_534D4F; // "OMSMARK1"

    private readonly Disk _disk;
    private readonly SafeFileHandle _file;
    private readonly long _logId;

    private DurableMark(Disk disk, SafeFileHandle file, long logId)
    {
        _disk = disk;
        _file = file;
        _logId = logId;
    }

    public static DurableMark Open(Disk disk, string folder, long logId) =>
        new(
            disk,
            disk.Open(
                Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite),
            logId);

    /// <summary>
    /// The position of the mark. Where there is none for this log, everything counts as durable: in doubt,
    /// what is broken is damage.
    /// </summary>
    public static long Read(string folder, long logId)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return long.MaxValue;
        }

        Span<byte> bytes = stackalloc byte[Words.Length];
        using SafeFileHandle file =
            File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        int length = RandomAccess.Read(file, bytes, 0);
        Words words = MemoryMarshal.Read<Words>(bytes);
        bool isOurs = length == Words.Length && words == Words.Of(logId, words.Position);
        return isOurs ? words.Position : long.MaxValue;
    }

    /// <exception cref="IOException">The mark is where it was.</exception>
    public void Write(long position)
    {
        Words words = Words.Of(_logId, position);
        _disk.Write(_file, MemoryMarshal.AsBytes(new ReadOnlySpan<Words>(in words)), 0);
    }

    /// <summary>Only so that there is a mark: after that, an old one does.</summary>
    public void Sync() => _disk.Sync(_file);

    public void Dispose() => _file.Dispose();

    [StructLayout(LayoutKind.Explicit, Size = Length)]
    private readonly record struct Words
    {
        public const int Length = 32;

        [field: FieldOffset(0)]
        public ulong Magic { get; private init; }

        [field: FieldOffset(8)]
        public long LogId { get; private init; }

        [field: FieldOffset(16)]
        public long Position { get; private init; }

        [field: FieldOffset(24)]
        public ulong Hash { get; private init; }

        public static Words Of(long logId, long position)
        {
            var words = new Words { Magic = MagicValue, LogId = logId, Position = position };
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<Words>(in words));
            return words with { Hash = XxHash3.HashToUInt64(bytes[..24]) };
        }
    }
}
