using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Oms.Domain.Messages;

namespace Oms.Journal;

/// <summary>
/// Reads a log from its start, or from the segment that holds a given event, and follows it as it grows. It
/// believes only what the chain proves: a record that is half written is not there yet.
/// </summary>
public sealed class LogReader : IDisposable
{
    // Below the large object heap: a feed opens a reader for every gap that it heals.
    private const int BufferBytes = 64 << 10;

    private readonly string _folder;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private FileStream? _segment;
    private string _segmentPath = "";
    private long _bufferOffset;
    private int _bufferLength;
    private int _bufferPosition;
    private ulong _chainHash;
    private long _nextRecordSequence = 1;

    private LogReader(string folder) => _folder = folder;

    /// <summary>The segment being read; empty before the first record.</summary>
    public string SegmentPath => _segmentPath;

    /// <summary>Where in the segment the next record starts, in bytes.</summary>
    public long OffsetBytes => _bufferOffset + _bufferPosition;

    /// <summary>The hash over everything read so far.</summary>
    public ulong ChainHash => _chainHash;

    public long NextRecordSequence => _nextRecordSequence;

    /// <summary>Reads from the first record that the folder still holds.</summary>
    public static LogReader FromStart(string folder) => new(folder);

    /// <summary>Reads from the segment that holds the event after <paramref name="logSequence"/>.</summary>
    public static LogReader After(string folder, long logSequence)
    {
        var reader = new LogReader(folder);
        foreach (string path in Segments.In(folder).Reverse())
        {
            using FileStream stream = OpenForReading(path);
            if (stream.Length < SegmentHeader.Length)
            {
                // The writer is about to go on here; no record is in it yet.
                continue;
            }

            SegmentHeader header = Segments.ReadHeader(path, stream);
            if (header.FirstLogSequence <= logSequence + 1)
            {
                reader._nextRecordSequence = header.FirstRecordSequence;
                break;
            }
        }

        return reader;
    }

    /// <summary>The next record; false when there is none yet.</summary>
    /// <exception cref="LogDamagedException">
    /// A segment's header is not one of this layout, or breaks the chain.
    /// </exception>
    public bool TryRead(out LogRecord record)
    {
        record = default;
        if (_segment is null && !TryOpenSegment())
        {
            return false;
        }

        if (TryTake(out record))
        {
            return true;
        }

        // The writer goes on in a new segment only when the old one is complete.
        string next = Segments.PathOf(_folder, _nextRecordSequence);
        return next != _segmentPath && File.Exists(next) && TryOpenSegment() && TryTake(out record);
    }

    public void Dispose() => _segment?.Dispose();

    private static FileStream OpenForReading(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private bool TryOpenSegment()
    {
        string? path = NextSegmentPath();
        if (path is null)
        {
            return false;
        }

        FileStream stream = OpenForReading(path);
        try
        {
            return TryContinueIn(path, stream);
        }
        finally
        {
            if (_segment != stream)
            {
                stream.Dispose();
            }
        }
    }

    private bool TryContinueIn(string path, FileStream stream)
    {
        if (stream.Length < SegmentHeader.Length)
        {
            return false;
        }

        SegmentHeader header = Segments.ReadHeader(path, stream);
        if (_segment is not null && (header.ChainHashBefore != _chainHash || _segment.Length != OffsetBytes))
        {
            throw new LogDamagedException(path, 0, "it does not continue the segment before it");
        }

        _segment?.Dispose();
        _segment = stream;
        _segmentPath = path;
        _chainHash = header.ChainHashBefore;
        _nextRecordSequence = header.FirstRecordSequence;
        _bufferOffset = SegmentHeader.Length;
        _bufferLength = 0;
        _bufferPosition = 0;
        return true;
    }

    private string? NextSegmentPath()
    {
        string expected = Segments.PathOf(_folder, _nextRecordSequence);
        if (File.Exists(expected))
        {
            return expected;
        }

        ImmutableArray<string> segments = Segments.In(_folder);
        return _segment is null && _nextRecordSequence == 1 && !segments.IsEmpty ? segments[0] : null;
    }

    private bool TryTake(out LogRecord record)
    {
        record = default;
        if (!TryFrame(out LogFrame frame, out int recordBytes))
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = _buffer.AsSpan(_bufferPosition, recordBytes);
        if (frame.RecordSequence != _nextRecordSequence
            || LogFrame.HashOf(bytes, _chainHash) != frame.ChainHash)
        {
            // Not written to its end yet, or damaged: recovery tells the two apart. Read it anew next time.
            _bufferLength = _bufferPosition;
            return false;
        }

        _chainHash = frame.ChainHash;
        _nextRecordSequence++;
        _bufferPosition += recordBytes;
        record = new LogRecord
        {
            RecordSequence = frame.RecordSequence,
            SourceRing = frame.SourceRing,
            RingPosition = frame.RingPosition,
            Message = bytes[LogFrame.Length..],
        };
        return true;
    }

    private bool TryFrame(out LogFrame frame, out int recordBytes)
    {
        recordBytes = 0;
        frame = default;
        if (!TryBuffer(LogFrame.Length))
        {
            return false;
        }

        frame = MemoryMarshal.Read<LogFrame>(_buffer.AsSpan(_bufferPosition));
        bool plausible = frame.Magic == LogFrame.MagicValue
            && frame.MessageBytes is >= 64 and <= MessageHeader.MessageBytesMax;
        recordBytes = LogFrame.Length + frame.MessageBytes;
        if (!plausible)
        {
            _bufferLength = _bufferPosition;
            return false;
        }

        return TryBuffer(recordBytes);
    }

    private bool TryBuffer(int lengthBytes)
    {
        if (_bufferLength - _bufferPosition >= lengthBytes)
        {
            return true;
        }

        int kept = _bufferLength - _bufferPosition;
        _buffer.AsSpan(_bufferPosition, kept).CopyTo(_buffer);
        _bufferOffset += _bufferPosition;
        _bufferPosition = 0;
        _bufferLength = kept;
        _bufferLength += RandomAccess.Read(
            _segment!.SafeFileHandle, _buffer.AsSpan(kept), _bufferOffset + kept);
        return _bufferLength >= lengthBytes;
    }
}
