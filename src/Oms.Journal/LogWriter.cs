using System.Runtime.InteropServices;
using Oms.Domain;
using Oms.Domain.Messages;

namespace Oms.Journal;

/// <summary>
/// Appends records to the head of a log; owned by one thread. Records gather until <see cref="Commit"/>:
/// from then on they survive the death of every process, and once <see cref="DurablePosition"/> has passed
/// them, that of the machine.
/// </summary>
public sealed unsafe class LogWriter
{
    private readonly LogHead _head;
    private readonly long _capacityBytes;
    private long _position;
    private long _durableSeen;
    private ulong _chainHash;
    private long _recordSequence;
    private long _logSequence;

    /// <param name="head">In which <see cref="LogCopier"/> has begun the log, or goes on with it.</param>
    /// <param name="end">Where recovery found the end of the log.</param>
    public LogWriter(LogHead head, in LogPoint end)
    {
        Invariant.Holds(head.LogId != 0 && head.CommittedPosition == end.Position);
        _head = head;
        _capacityBytes = head.CapacityBytes;
        _position = end.Position;
        _durableSeen = head.DurablePosition;
        _chainHash = end.ChainHash;
        _recordSequence = end.RecordSequence;
        _logSequence = end.LogSequence;
    }

    /// <summary>The end of what was appended.</summary>
    public LogPoint End => new(_position, _recordSequence, _logSequence, _chainHash);

    /// <summary>Up to here the log is on the disk.</summary>
    public long DurablePosition => _durableSeen = _head.DurablePosition;

    /// <summary>Bytes that wait for the disk.</summary>
    public long WaitingBytes => _position - DurablePosition;

    /// <summary>
    /// Whether more than so many bytes wait for the disk. What was seen of the copier before is enough where it says
    /// no: its line of memory is not asked for in each cycle.
    /// </summary>
    public bool AreWaitingMoreThan(long bytes) => _position - _durableSeen > bytes && WaitingBytes > bytes;

    /// <summary>Whether the log is on the disk up to a position.</summary>
    public bool IsDurable(long position) => _durableSeen >= position || DurablePosition >= position;

    public long CapacityBytes => _capacityBytes;

    /// <summary>
    /// Whether so many bytes of records fit: a message takes its length and
    /// <see cref="RecordOverheadBytes"/>.
    /// </summary>
    public bool HasRoomFor(long recordBytes) =>
        _position + recordBytes - _durableSeen <= _capacityBytes
        || _position + recordBytes - DurablePosition <= _capacityBytes;

    /// <summary>What a record has before its message.</summary>
    public const int RecordOverheadBytes = LogFrame.Length;

    /// <summary>Adds a record to the batch. There must be room for it.</summary>
    /// <param name="message">Stamped: its header is final.</param>
    /// <param name="sourceRing">Of an input from a ring: its number, from 1; otherwise 0.</param>
    /// <param name="ringPosition">Of an input from a ring: the position behind it.</param>
    public void Append(ReadOnlySpan<byte> message, int sourceRing = 0, long ringPosition = 0)
    {
        Invariant.Holds(MessageBytes.IsWhole(message));
        int recordBytes = LogFrame.Length + message.Length;
        Invariant.Holds(HasRoomFor(recordBytes));
        CountIfEvent(in MessageBytes.Header(message));
        var frame = new LogFrame
        {
            ChainHash = 0,
            RecordSequence = _recordSequence + 1,
            RingPosition = ringPosition,
            SourceRing = checked((ushort)sourceRing),
            Magic = LogFrame.MagicValue,
            MessageBytes = message.Length,
        };
        _chainHash = frame.ChainOf(message, _chainHash);
        frame = frame with { ChainHash = _chainHash };
        var record = new Span<byte>(_head.At(_position), recordBytes);
        MemoryMarshal.Write(record, in frame);
        message.CopyTo(record[LogFrame.Length..]);
        _head.Spill(_position, recordBytes);
        _recordSequence++;
        _position += recordBytes;
    }

    /// <summary>The batch is in the log.</summary>
    public void Commit() => _head.Commit(_position);

    private void CountIfEvent(ref readonly MessageHeader header)
    {
        if (MessageKinds.IsEvent(header.Kind))
        {
            Invariant.Holds(header.LogSequence == _logSequence + 1);
            _logSequence++;
        }
    }
}
