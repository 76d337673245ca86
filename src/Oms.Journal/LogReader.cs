using System.Runtime.InteropServices;

namespace Oms.Journal;

/// <summary>
/// Reads the segments of a log from the oldest on, or from the one that holds a given event, and follows
/// them as they grow: what is only in the head arrives soon. It believes only what the chain proves: a
/// record that is half written is not there yet. It may see a record a moment before the disk has it.
/// </summary>
public sealed class LogReader : IDisposable
{
    // Below the large object heap: a feed opens a reader for every gap that it heals.
    private const int BufferBytes = 64 << 10;

    private readonly string _folder;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private string? _firstPath;
    private FileStream? _segment;
    private string _segmentPath = "";
    private long _bufferOffset;
    private int _bufferLength;
    private int _bufferPosition;
    private LogPoint _point;

    private LogReader(string folder, string? firstPath)
    {
        _folder = folder;
        _firstPath = firstPath;
    }

    /// <summary>The log being read; 0 before its first segment was opened.</summary>
    public long LogId { get; private set; }

    /// <summary>The segment being read; empty before the first record.</summary>
    public string SegmentPath => _segmentPath;

    /// <summary>Where in the segment the next record starts, in bytes.</summary>
    public long OffsetBytes => _bufferOffset + _bufferPosition;

    /// <summary>The place behind the last record that was read.</summary>
    public LogPoint Point => _point;

    /// <summary>Reads from the first record that the folder still holds.</summary>
    public static LogReader FromStart(string folder) => new(folder, null);

    /// <summary>The last event before those that the folder still holds; 0 for none.</summary>
    public static long LogSequenceBefore(string folder)
    {
        using LogReader reader = FromStart(folder);
        return reader.TryOpen() ? reader.Point.LogSequence : 0;
    }

    /// <summary>Reads from the segment that holds the event after <paramref name="logSequence"/>.</summary>
    /// <exception cref="LogTruncatedException">That event is older than the oldest segment.</exception>
    public static LogReader After(string folder, long logSequence)
    {
        long oldest = 0;
        foreach (string path in Segments.In(folder).Reverse())
        {
            if (!File.Exists(path) || !Segments.TryReadHeader(path, out SegmentHeader header))
            {
                continue;
            }

            oldest = header.FirstLogSequence;
            var reader = new LogReader(folder, path);
            if (oldest <= logSequence + 1 && reader.TryOpen())
            {
                return reader;
            }
        }

        return oldest == 0 ? new(folder, null) : throw new LogTruncatedException(logSequence + 1, oldest);
    }

    /// <summary>
    /// Reads from the start of the segment that holds a record; from the oldest record where none does.
    /// </summary>
    public static LogReader FromRecord(string folder, long recordSequence)
    {
        string? path = Segments.In(folder).LastOrDefault(
            path => Segments.TryReadHeader(path, out SegmentHeader header)
                && header.FirstRecordSequence <= recordSequence);
        return new(folder, path);
    }

    /// <summary>
    /// Reads from the start of the segment that holds a place; from the oldest record where none does.
    /// </summary>
    internal static LogReader FromSegmentOf(string folder, in LogPoint point)
    {
        foreach (string path in Segments.In(folder).Reverse())
        {
            if (Segments.TryReadHeader(path, out SegmentHeader header)
                && header.FirstPosition <= point.Position)
            {
                return new(folder, path);
            }
        }

        return FromStart(folder);
    }

    /// <summary>The next record; false when there is none yet.</summary>
    /// <exception cref="LogDamagedException">
    /// A segment's header is not one of this layout, or breaks the chain.
    /// </exception>
    /// <exception cref="LogTruncatedException">
    /// The reader was so slow that the segment behind the one it read was removed.
    /// </exception>
    public bool TryRead(out LogRecord record)
    {
        record = default;
        if (!TryOpen())
        {
            return false;
        }

        if (TryTake(out record))
        {
            return true;
        }

        // The writer goes on in a new segment only when the old one is complete.
        string next = Segments.PathOf(_folder, _point.RecordSequence + 1);
        if (next == _segmentPath)
        {
            return false;
        }

        if (File.Exists(next))
        {
            return TryOpen(next) && TryTake(out record);
        }

        ThrowIfRemoved();
        return false;
    }

    /// <summary>Opens the first segment to be read; false while there is none.</summary>
    internal bool TryOpen() => _segment is not null || TryOpenFirst();

    /// <exception cref="LogDamagedException">The log does not have this place.</exception>
    internal void GoTo(in LogPoint point)
    {
        if (TryGoTo(in point))
        {
            return;
        }

        throw new LogDamagedException(
            _segmentPath,
            OffsetBytes,
            _point.Position > point.Position
                ? $"the records behind record {point.RecordSequence} are missing"
                : $"this is not position {point.Position} behind record {point.RecordSequence}");
    }

    /// <summary>Reads up to a place; false when the log does not have it.</summary>
    internal bool TryGoTo(in LogPoint point)
    {
        if (!TryOpen())
        {
            return point == default;
        }

        while (_point.Position < point.Position && TryRead(out _))
        {
        }

        return _point == point;
    }

    /// <summary>No record follows, and so no segment may.</summary>
    /// <exception cref="LogDamagedException">There is one.</exception>
    internal void ThrowIfSegmentsFollow()
    {
        string? last = Segments.In(_folder).LastOrDefault();
        bool isComplete = last is null || last == _segmentPath
            || (Segments.StartsWith(last, _point.RecordSequence + 1) && OffsetBytes == _segment?.Length);
        if (!isComplete)
        {
            throw new LogDamagedException(
                _segmentPath, OffsetBytes, "the chain breaks and later segments follow");
        }
    }

    /// <exception cref="LogDamagedException">
    /// Records that were on the disk are not read: the log breaks before them.
    /// </exception>
    /// <param name="durablePosition">The largest number says nothing.</param>
    internal void ThrowIfBrokenBefore(long durablePosition)
    {
        if (durablePosition != long.MaxValue && _point.Position < durablePosition)
        {
            throw new LogDamagedException(
                _segmentPath,
                OffsetBytes,
                $"the chain breaks at position {_point.Position}, the disk had it up to {durablePosition}");
        }
    }

    public void Dispose() => _segment?.Dispose();

    private bool TryOpenFirst()
    {
        _firstPath ??= Segments.In(_folder).FirstOrDefault();
        if (_firstPath is null || !File.Exists(_firstPath))
        {
            // Removed since it was seen: the next look finds what is the oldest now.
            _firstPath = null;
            return false;
        }

        return TryOpen(_firstPath);
    }

    private bool TryOpen(string path)
    {
        FileStream stream = Segments.OpenForReading(path);
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
        if (!Segments.TryReadHeader(path, stream.SafeFileHandle, out SegmentHeader header))
        {
            return false;
        }

        bool continues = _segment is null
            || (header.LogId == LogId && header.First == _point && _segment.Length == OffsetBytes);
        if (!continues)
        {
            throw new LogDamagedException(path, 0, "it does not continue the segment before it");
        }

        _segment?.Dispose();
        _segment = stream;
        _segmentPath = path;
        LogId = header.LogId;
        _point = header.First;
        _bufferOffset = SegmentHeader.Length;
        _bufferLength = 0;
        _bufferPosition = 0;
        return true;
    }

    private void ThrowIfRemoved()
    {
        if (File.Exists(_segmentPath))
        {
            return;
        }

        foreach (string path in Segments.In(_folder))
        {
            if (Segments.TryReadHeader(path, out SegmentHeader header)
                && header.FirstPosition > _point.Position)
            {
                throw new LogTruncatedException(_point.LogSequence + 1, header.FirstLogSequence);
            }
        }
    }

    private bool TryTake(out LogRecord record)
    {
        record = default;
        if (!TryFrame(out LogFrame frame))
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = _buffer.AsSpan(_bufferPosition, frame.RecordBytes);
        if (!LogRecord.TryRead(bytes, in frame, ref _point, out record))
        {
            // Not written to its end yet, or damaged: recovery tells the two apart. Read it anew next time.
            _bufferLength = _bufferPosition;
            return false;
        }

        _bufferPosition += frame.RecordBytes;
        return true;
    }

    private bool TryFrame(out LogFrame frame)
    {
        frame = default;
        if (!TryBuffer(LogFrame.Length))
        {
            return false;
        }

        frame = MemoryMarshal.Read<LogFrame>(_buffer.AsSpan(_bufferPosition));
        if (!frame.IsPlausible())
        {
            _bufferLength = _bufferPosition;
            return false;
        }

        return TryBuffer(frame.RecordBytes);
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
