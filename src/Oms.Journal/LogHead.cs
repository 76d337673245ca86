using System.Numerics;
using Oms.Domain;
using Oms.Domain.Messages;

namespace Oms.Journal;

/// <summary>
/// The newest part of a log, in memory that outlives the process: what is committed here survives the death
/// of every process, and what the segments lack after one is found here. One thread writes records into it
/// (<see cref="LogWriter"/>), another brings them to the disk (<see cref="LogCopier"/>).
/// </summary>
public sealed unsafe class LogHead
{
    public const int CapacityBytesMin = 1 << 16;

    private readonly LogHeadHeader* _header;
    private readonly byte* _records;

    /// <summary>Looks at memory that holds a head, or that a log is to begin in.</summary>
    /// <param name="start">Of memory that stays where it is for as long as anybody uses the head.</param>
    /// <param name="lengthBytes">What <see cref="LengthFor"/> says of a capacity.</param>
    /// <param name="path">What the memory is called when there is something to say about it.</param>
    /// <exception cref="InvalidDataException">Memory of such a length is no head.</exception>
    public LogHead(nint start, long lengthBytes, string path)
    {
        _header = (LogHeadHeader*)start;
        _records = (byte*)start + LogHeadHeader.Length;
        Path = path;
        CapacityBytes = lengthBytes - LogHeadHeader.Length - LogFrame.RecordBytesMax;
        if (!IsCapacity(CapacityBytes))
        {
            throw new InvalidDataException(
                $"{path} is no head of a log, which is never {lengthBytes} bytes long; "
                + "see what made it before removing it");
        }
    }

    public string Path { get; }

    /// <summary>Bytes of records that may wait for the disk.</summary>
    public long CapacityBytes { get; }

    /// <summary>The log whose head this is; 0 when there is none that this build can read.</summary>
    public long LogId
    {
        get
        {
            bool isReadable = _header->Magic == LogHeadHeader.MagicValue
                && _header->LayoutVersion == MessageLayout.Version
                && _header->LayoutHash == MessageLayout.Hash
                && _header->CapacityBytes == CapacityBytes;
            return isReadable ? Volatile.Read(ref _header->LogId) : 0;
        }
    }

    /// <summary>The end of what is committed.</summary>
    public long CommittedPosition => Volatile.Read(ref _header->WriterPosition);

    /// <summary>Up to here the segments hold the log.</summary>
    public long WrittenPosition => Volatile.Read(ref _header->WrittenPosition);

    /// <summary>Up to here the log is on the disk.</summary>
    public long DurablePosition => Volatile.Read(ref _header->DurablePosition);

    /// <summary>The last event that is on the disk.</summary>
    public long DurableLogSequence => Volatile.Read(ref _header->DurableLogSequence);

    /// <summary>Bytes of memory that a head of this capacity needs.</summary>
    /// <param name="capacityBytes">A power of two of at least <see cref="CapacityBytesMin"/>.</param>
    public static long LengthFor(long capacityBytes)
    {
        Invariant.Holds(IsCapacity(capacityBytes));
        return LogHeadHeader.Length + capacityBytes + LogFrame.RecordBytesMax;
    }

    /// <summary>Forgets what is here: a log goes on in it from a place that is durable.</summary>
    internal void Begin(long logId, in LogPoint durable)
    {
        // A process that dies between these lines leaves a head of no log.
        Volatile.Write(ref _header->LogId, 0);
        Thread.MemoryBarrier();
        _header->Magic = LogHeadHeader.MagicValue;
        _header->LayoutVersion = MessageLayout.Version;
        _header->LayoutHash = MessageLayout.Hash;
        _header->CapacityBytes = CapacityBytes;
        _header->WriterPosition = durable.Position;
        SetWritten(durable.Position);
        SetDurable(in durable);
        Volatile.Write(ref _header->LogId, logId);
    }

    internal void Commit(long position) => Volatile.Write(ref _header->WriterPosition, position);

    internal void SetWritten(long position) => Volatile.Write(ref _header->WrittenPosition, position);

    internal void SetDurable(in LogPoint point)
    {
        Volatile.Write(ref _header->DurableLogSequence, point.LogSequence);
        // Release: the writer may overwrite from now on, so the copier has read what was there.
        Volatile.Write(ref _header->DurablePosition, point.Position);
    }

    /// <summary>Room for one whole record at a position.</summary>
    internal byte* At(long position) => _records + (position & (CapacityBytes - 1));

    /// <summary>Where in the memory a position is, in bytes.</summary>
    internal long OffsetOf(long position) => LogHeadHeader.Length + (position & (CapacityBytes - 1));

    /// <summary>Brings the part of a record that was written behind the end to the start.</summary>
    internal void Spill(long position, int recordBytes)
    {
        long toEnd = CapacityBytes - (position & (CapacityBytes - 1));
        if (toEnd < recordBytes)
        {
            Buffer.MemoryCopy(
                _records + CapacityBytes, _records, CapacityBytes, recordBytes - toEnd);
        }
    }

    /// <summary>The bytes from a position on, as far as they are in one piece.</summary>
    internal ReadOnlySpan<byte> Piece(long position, long lengthBytes)
    {
        long toEnd = CapacityBytes - (position & (CapacityBytes - 1));
        return new(At(position), checked((int)Math.Min(toEnd, lengthBytes)));
    }

    private static bool IsCapacity(long capacityBytes) =>
        capacityBytes >= CapacityBytesMin
        && capacityBytes <= 1L << 30
        && BitOperations.IsPow2(capacityBytes);
}
