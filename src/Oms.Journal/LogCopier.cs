using System.Runtime.InteropServices;
using Oms.Domain;
using Oms.Domain.Messages;
using Oms.Domain.Time;

namespace Oms.Journal;

/// <summary>
/// Brings a log from its head to segment files in large writes; owned by one thread. A disk that fails or
/// is full stops it, and nothing else: what is not on the disk stays in the head, and is written again when
/// it can be.
/// </summary>
public sealed unsafe class LogCopier : IDisposable
{
    /// <summary>Bytes of records in one write.</summary>
    public const int WriteBytesMax = 1 << 20;

    /// <summary>After a failure, the disk is tried again so often.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);

    private readonly string _folder;
    private readonly LogHead _head;
    private readonly LogSettings _settings;
    private readonly TimeProvider _clock;
    private readonly DurableMark _mark;
    private SegmentFile _segment;
    private LogPoint _written;
    private LogPoint _durable;
    private long _writtenAt;
    private long _failedAt;
    private volatile string _failure = "";

    private LogCopier(
        string folder,
        LogHead head,
        LogTail tail,
        LogSettings settings,
        TimeProvider clock,
        SegmentFile segment)
    {
        _folder = folder;
        _head = head;
        _settings = settings;
        _clock = clock;
        _segment = segment;
        _mark = DurableMark.Open(settings.Disk, folder, segment.LogId);
        _written = tail.Durable;
        _durable = tail.Durable;
    }

    /// <summary>What keeps the log from the disk, in words; empty when nothing does.</summary>
    public string Failure => _failure;

    /// <summary>
    /// Opens the last segment, or the first one of a new log, and makes the head ready for
    /// <see cref="LogWriter"/>.
    /// </summary>
    /// <param name="tail">What recovery found in this folder and this head.</param>
    /// <exception cref="IOException">The disk does not let it.</exception>
    public static LogCopier Open(
        string folder, LogHead head, LogTail tail, LogSettings settings, TimeProvider clock)
    {
        _ = Directory.CreateDirectory(folder);
        bool isNew = tail.LogId == 0;
        SegmentFile segment = isNew
            ? SegmentFile.Create(settings.Disk, folder, UnixNanos.Of(clock.GetUtcNow()).Value, default)
            : Segments.OpenLast(settings.Disk, folder);
        var copier = new LogCopier(folder, head, tail, settings, clock, segment);
        try
        {
            copier.Begin(tail);
            return copier;
        }
        catch
        {
            copier.Dispose();
            throw;
        }
    }

    /// <summary>Writes or syncs some of what is due. Returns the number of things done; 0 is idle.</summary>
    public int RunOnce()
    {
        if (_failure.Length > 0 && _clock.GetElapsedTime(_failedAt) < RetryInterval)
        {
            return 0;
        }

        bool isFailing = false;
        int work = 0;
        try
        {
            work += Write(_head.CommittedPosition) ? 1 : 0;
            // A disk that was full has room again once it takes what is prepared.
            work += (work == 0 || _failure.Length > 0 || IsShortOfZeros) && Prepare() ? 1 : 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            isFailing = true;
            NoteFailure(failure);
        }

        try
        {
            work += SyncIfDue() ? 1 : 0;
        }
        catch (IOException failure)
        {
            // What a failed sync leaves in the kernel's hands may never reach the disk: it is written again.
            _written = _durable;
            _head.SetWritten(_durable.Position);
            isFailing = true;
            NoteFailure(failure);
        }

        if (!isFailing && _failure.Length > 0)
        {
            _failure = "";
        }

        return work;
    }

    /// <summary>Brings everything that is committed to the disk.</summary>
    /// <exception cref="IOException">It cannot; the head still holds what is missing.</exception>
    public void Drain()
    {
        while (_durable.Position < _head.CommittedPosition)
        {
            if (!Write(_head.CommittedPosition))
            {
                Sync();
            }
        }
    }

    /// <summary>Lets the last segment end with its last record: nothing comes behind it for now.</summary>
    internal void CutZeros() => _segment.Finish(_durable.Position);

    public void Dispose()
    {
        _segment.Dispose();
        _mark.Dispose();
    }

    private void Begin(LogTail tail)
    {
        if (tail.IsHeadKept)
        {
            _head.SetWritten(_written.Position);
            _head.SetDurable(in _durable);
        }
        else
        {
            // What was found in the segments may be in the kernel's hands only.
            _segment.Sync();
            _head.Begin(_segment.LogId, tail.End);
        }

        _mark.Write(_durable.Position);
        _mark.Sync();
        _settings.Disk.SyncFolder(_folder);
    }

    private void NoteFailure(Exception failure)
    {
        _failure = failure.Message;
        _failedAt = _clock.GetTimestamp();
    }

    private bool Write(long committed)
    {
        if (_written.Position == committed)
        {
            return false;
        }

        if (IsFull)
        {
            GoOnInNextSegment();
        }

        LogPoint end = Walk(committed);
        for (long position = _written.Position; position < end.Position;)
        {
            ReadOnlySpan<byte> piece = _head.Piece(position, end.Position - position);
            _segment.Write(piece, position);
            position += piece.Length;
        }

        _writtenAt = _written.Position == _durable.Position ? _clock.GetTimestamp() : _writtenAt;
        _written = end;
        _head.SetWritten(end.Position);
        return true;
    }

    private bool IsFull => _segment.OffsetOf(_written.Position) >= _settings.SegmentBytes;

    /// <summary>
    /// Where somebody waits for each sync, zeros are worth some time also when there is none.
    /// </summary>
    private bool IsShortOfZeros =>
        _settings.SyncInterval == TimeSpan.Zero
        && _segment.ZerosBehind(_written.Position) < SegmentFile.ZerosBytes;

    private bool Prepare() => !IsFull && _segment.Prepare(_written.Position, _settings.SegmentBytes);

    private void GoOnInNextSegment()
    {
        Sync();
        _segment.Finish(_written.Position);
        SegmentFile next = SegmentFile.Create(_settings.Disk, _folder, _segment.LogId, in _written);
        _segment.Dispose();
        _segment = next;
    }

    private bool SyncIfDue()
    {
        long waiting = _written.Position - _durable.Position;
        bool isDue = waiting > 0
            && (waiting >= _head.CapacityBytes / 8
                || _clock.GetElapsedTime(_writtenAt) >= _settings.SyncInterval);
        if (isDue)
        {
            Sync();
        }

        return isDue;
    }

    private void Sync()
    {
        if (_written.Position == _durable.Position)
        {
            return;
        }

        _segment.Sync();
        _mark.Write(_written.Position);
        _durable = _written;
        _head.SetDurable(in _durable);
    }

    /// <summary>From record to record, as far as one write goes.</summary>
    private LogPoint Walk(long committed)
    {
        LogPoint point = _written;
        long end = Math.Min(committed, _written.Position + WriteBytesMax);
        while (point.Position < end && _segment.OffsetOf(point.Position) < _settings.SegmentBytes)
        {
            LogFrame frame = MemoryMarshal.Read<LogFrame>(
                new ReadOnlySpan<byte>(_head.At(point.Position), LogFrame.Length));
            Invariant.Holds(frame.IsPlausible() && frame.RecordSequence == point.RecordSequence + 1);
            MessageHeader header = MemoryMarshal.Read<MessageHeader>(
                new ReadOnlySpan<byte>(_head.At(point.Position + LogFrame.Length), MessageHeader.Length));
            point = new(
                point.Position + frame.RecordBytes,
                frame.RecordSequence,
                MessageKinds.IsEvent(header.Kind) ? header.LogSequence : point.LogSequence,
                frame.ChainHash);
            Invariant.Holds(point.Position <= committed);
        }

        return point;
    }
}
