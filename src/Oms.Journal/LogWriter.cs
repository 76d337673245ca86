using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Oms.Domain;
using Oms.Domain.Messages;

namespace Oms.Journal;

/// <summary>
/// Appends records to the log. Records gather in memory until <see cref="Commit"/> hands them to the kernel
/// in one
/// write: from then on they survive the death of every process. <see cref="Sync"/> makes them survive the
/// machine's.
/// </summary>
public sealed class LogWriter : IDisposable
{
    public const long SegmentBytesDefault = 256L << 20;
    private const int BufferBytes = 1 << 20;

    private readonly string _folder;
    private readonly long _segmentBytes;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private SafeFileHandle _segment;
    private long _offsetBytes;
    private int _bufferLength;
    private ulong _chainHash;
    private long _nextRecordSequence;
    private long _nextLogSequence;

    /// <param name="tail">Where recovery found the end of the log.</param>
    /// <param name="nextLogSequence">Of the next event.</param>
    /// <param name="segmentBytes">A segment that has grown to this length is followed by a new one.</param>
    public LogWriter(
        string folder, in LogTail tail, long nextLogSequence, long segmentBytes = SegmentBytesDefault)
    {
        _folder = folder;
        _segmentBytes = segmentBytes;
        _chainHash = tail.ChainHash;
        _nextRecordSequence = tail.NextRecordSequence;
        _nextLogSequence = nextLogSequence;
        _ = Directory.CreateDirectory(folder);
        _segment = tail.SegmentPath.Length == 0 ? CreateSegment() : OpenSegment(tail);
    }

    public long NextRecordSequence => _nextRecordSequence;

    /// <summary>Adds a record to the batch.</summary>
    /// <param name="message">Stamped: its header is final.</param>
    /// <param name="sourceRing">Of an input from a ring: its number, from 1; otherwise 0.</param>
    /// <param name="ringPosition">Of an input from a ring: the position behind it.</param>
    public void Append(ReadOnlySpan<byte> message, int sourceRing = 0, long ringPosition = 0)
    {
        Invariant.Holds(MessageBytes.IsWhole(message));
        CountIfEvent(in MessageBytes.Header(message));
        int recordBytes = LogFrame.Length + message.Length;
        if (_bufferLength + recordBytes > BufferBytes)
        {
            Commit();
        }

        Span<byte> record = _buffer.AsSpan(_bufferLength, recordBytes);
        var frame = new LogFrame
        {
            ChainHash = 0,
            RecordSequence = _nextRecordSequence,
            RingPosition = ringPosition,
            SourceRing = (ushort)sourceRing,
            Magic = LogFrame.MagicValue,
            MessageBytes = message.Length,
        };
        MemoryMarshal.Write(record, in frame);
        message.CopyTo(record[LogFrame.Length..]);
        _chainHash = LogFrame.HashOf(record, _chainHash);
        MemoryMarshal.Write(record, in _chainHash);
        _nextRecordSequence++;
        _bufferLength += recordBytes;
    }

    /// <summary>Hands the batch to the kernel.</summary>
    /// <exception cref="IOException">The disk is full or failing: the batch is not in the log.</exception>
    public void Commit()
    {
        if (_bufferLength == 0)
        {
            return;
        }

        Write(_buffer.AsSpan(0, _bufferLength), _offsetBytes);
        _offsetBytes += _bufferLength;
        _bufferLength = 0;
        if (_offsetBytes >= _segmentBytes)
        {
            RandomAccess.FlushToDisk(_segment);
            _segment.Dispose();
            _segment = CreateSegment();
        }
    }

    /// <summary>Returns when everything committed is on the disk.</summary>
    public void Sync() => RandomAccess.FlushToDisk(_segment);

    public void Dispose() => _segment.Dispose();

    private void Write(ReadOnlySpan<byte> bytes, long offsetBytes)
    {
        try
        {
            RandomAccess.Write(_segment, bytes, offsetBytes);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            // What .NET makes of EFBIG.
            throw new IOException("the segment may not grow any more", exception);
        }
    }

    private void CountIfEvent(ref readonly MessageHeader header)
    {
        if (MessageKinds.IsEvent(header.Kind))
        {
            Invariant.Holds(header.LogSequence == _nextLogSequence);
            _nextLogSequence++;
        }
    }

    private SafeFileHandle OpenSegment(in LogTail tail)
    {
        _offsetBytes = tail.OffsetBytes;
        return File.OpenHandle(tail.SegmentPath, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
    }

    private SafeFileHandle CreateSegment()
    {
        var header = new SegmentHeader
        {
            Magic = SegmentHeader.MagicValue,
            LayoutVersion = MessageLayout.Version,
            LayoutHash = MessageLayout.Hash,
            FirstRecordSequence = _nextRecordSequence,
            FirstLogSequence = _nextLogSequence,
            ChainHashBefore = _chainHash,
        }.Sealed();
        SafeFileHandle segment = File.OpenHandle(
            Segments.PathOf(_folder, _nextRecordSequence),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.Read);
        RandomAccess.Write(segment, MemoryMarshal.AsBytes(new ReadOnlySpan<SegmentHeader>(in header)), 0);
        _offsetBytes = SegmentHeader.Length;
        return segment;
    }
}
