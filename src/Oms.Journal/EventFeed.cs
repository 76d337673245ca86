using Oms.Domain;
using Oms.Domain.Messages;

namespace Oms.Journal;

/// <summary>
/// All events after a given one, each once and in order, for as long as the reader likes: from the log what
/// is past, from the ring what is new, and from the log again whatever the ring could not carry.
/// </summary>
/// <param name="live">
/// The ring; its messages are events, and ticks that tell the number of the last event.
/// </param>
/// <param name="logFolder">Of FastPath.</param>
/// <param name="afterLogSequence">The last event that the reader already has; 0 for none.</param>
/// <param name="isDurableOnly">
/// Nobody is to hear of what the machine's death could take back: with a log that promises the disk, the segments may
/// hold more than is synced, and the ring does not.
/// </param>
/// <exception cref="LogTruncatedException">The log no longer holds the event after it.</exception>
public sealed class EventFeed(
    IMessageSource live, string logFolder, long afterLogSequence, bool isDurableOnly = false) : IDisposable
{
    private readonly byte[] _pending = new byte[MessageHeader.MessageBytesMax];
    private LogReader? _log = LogReader.After(logFolder, afterLogSequence);
    private int _pendingBytes;

    // The log is read up to this event; beyond it the ring has what follows.
    private long _logUpTo = long.MaxValue;

    // And up to this place: before the ring says what it has let out, the mark does.
    private long _logUpToPosition =
        isDurableOnly ? new LogFolder(logFolder).DurablePosition ?? long.MaxValue : long.MaxValue;

    /// <summary>The last event that was handed out.</summary>
    public long LastLogSequence { get; private set; } = afterLogSequence;

    /// <summary>All events that the log still holds, and what comes after them.</summary>
    public static EventFeed FromOldest(IMessageSource live, string logFolder, bool isDurableOnly = false) =>
        new(live, logFolder, LogReader.LogSequenceBefore(logFolder), isDurableOnly);

    /// <summary>True once everything that stood in the log was handed out.</summary>
    public bool IsLive => _log is null;

    /// <summary>The next event, valid until the next call; false when there is none yet.</summary>
    public bool TryRead(out ReadOnlySpan<byte> message)
    {
        if (_log is not null)
        {
            if (TryReadLog(_log, out message))
            {
                return true;
            }

            if (_logUpTo != long.MaxValue && LastLogSequence < _logUpTo)
            {
                // What is in the ring is in the log: what is missing here is on its way from head to segment.
                return false;
            }

            _log.Dispose();
            _log = null;
            if (TryTakePending(out message))
            {
                return true;
            }
        }

        return TryReadLive(out message);
    }

    public void Dispose() => _log?.Dispose();

    private bool TryReadLog(LogReader log, out ReadOnlySpan<byte> message)
    {
        message = default;
        while (LastLogSequence < _logUpTo
            && log.Point.Position < _logUpToPosition
            && log.TryRead(out LogRecord record))
        {
            ref readonly MessageHeader header = ref MessageBytes.Header(record.Message);
            if (MessageKinds.IsEvent(header.Kind) && header.LogSequence > LastLogSequence)
            {
                Invariant.Holds(header.LogSequence == LastLogSequence + 1);
                LastLogSequence = header.LogSequence;
                message = record.Message;
                return true;
            }
        }

        return false;
    }

    private bool TryTakePending(out ReadOnlySpan<byte> message)
    {
        message = _pending.AsSpan(0, _pendingBytes);
        _pendingBytes = 0;
        if (message.IsEmpty)
        {
            return false;
        }

        Invariant.Holds(MessageBytes.Header(message).LogSequence == LastLogSequence + 1);
        LastLogSequence++;
        return true;
    }

    private bool TryReadLive(out ReadOnlySpan<byte> message)
    {
        while (live.TryRead(out message))
        {
            ref readonly MessageHeader header = ref MessageBytes.Header(message);
            if (header.LogSequence <= LastLogSequence)
            {
                continue;
            }

            bool isEvent = MessageKinds.IsEvent(header.Kind);
            if (isEvent && header.LogSequence == LastLogSequence + 1)
            {
                LastLogSequence++;
                return true;
            }

            _logUpTo = isEvent ? header.LogSequence - 1 : header.LogSequence;
            _pendingBytes = isEvent ? message.Length : 0;
            message[.._pendingBytes].CopyTo(_pending);
            _logUpToPosition = long.MaxValue;
            _log = LogReader.After(logFolder, LastLogSequence);
            return TryReadLog(_log, out message);
        }

        return false;
    }
}
