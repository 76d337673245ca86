using System.Runtime.InteropServices;
using Oms.Journal;

namespace Oms.Testing;

/// <summary>
/// A log whose head is memory of this process, and whose copier runs in each commit: what is committed is
/// in the segments, for every process to read.
/// </summary>
public sealed class FolderLog : IDisposable
{
    private readonly nint _memory;
    private readonly LogHead _head;
    private readonly LogCopier _copier;

    /// <summary>Goes on with the log in a folder, or begins one.</summary>
    public FolderLog(string folder, long segmentBytes = LogSettings.SegmentBytesDefault)
    {
        long lengthBytes = LogHead.LengthFor(1 << 20);
        _memory = Marshal.AllocHGlobal(checked((nint)lengthBytes));
        _head = new LogHead(_memory, lengthBytes, "memory");
        LogTail tail = LogRecovery.Recover(folder, _head, new LogFolder(folder).Oldest, static _ => { });
        var settings = new LogSettings
        {
            SegmentBytes = segmentBytes,
            SyncInterval = LogSettings.SyncIntervalOfMemory,
        };
        _copier = LogCopier.Open(folder, _head, tail, settings, TimeProvider.System);
        Writer = new LogWriter(_head, tail.End);
    }

    public LogWriter Writer { get; }

    public void Append(ReadOnlySpan<byte> message, int sourceRing = 0, long ringPosition = 0)
    {
        if (!Writer.HasRoomFor(LogWriter.RecordOverheadBytes + message.Length))
        {
            Commit();
            _copier.Drain();
        }

        Writer.Append(message, sourceRing, ringPosition);
    }

    /// <exception cref="IOException">The segments cannot take it.</exception>
    public void Commit()
    {
        Writer.Commit();
        while (_head.WrittenPosition < _head.CommittedPosition)
        {
            _ = _copier.RunOnce();
            if (_copier.Failure.Length > 0)
            {
                throw new IOException(_copier.Failure);
            }
        }
    }

    /// <summary>Returns when everything committed is on the disk.</summary>
    public void Sync() => _copier.Drain();

    public void Dispose()
    {
        _copier.Dispose();
        Marshal.FreeHGlobal(_memory);
    }
}
