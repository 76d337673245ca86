using Oms.Domain;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Rings;

/// <summary>
/// The reading end of a ring; owned by one thread. Looking ahead (<see cref="Peek"/>) and giving room back
/// (<see cref="Release"/>) are separate, so that a batch can be made durable before the writer may overwrite
/// it.
/// </summary>
public sealed unsafe class RingReader : IMessageSource, IDisposable
{
    private readonly RingFile _ring;
    private readonly EndOwnership _ownership;
    private readonly long _capacityBytes;
    private long _writerCursorSeen;
    private long _next;

    private RingReader(RingFile ring, EndOwnership ownership)
    {
        _ring = ring;
        _ownership = ownership;
        _capacityBytes = ring.CapacityBytes;
        _next = ring.Header->ReaderCursor;
        ring.Header->ReaderPid = Environment.ProcessId;
        Beat();
    }

    public RingFile Ring => _ring;

    /// <summary>The position up to which room was given back.</summary>
    public long ReleasedPosition => _ring.Header->ReaderCursor;

    /// <summary>Goes on where the last reader stopped.</summary>
    /// <param name="clock">In which both ends write their heartbeats; null for that of the machine.</param>
    /// <exception cref="RoleTakenException">Another live process reads this ring.</exception>
    public static RingReader Attach(string path, TimeProvider? clock = null)
    {
        EndOwnership ownership = EndOwnership.Take(path, "reader");
        try
        {
            return new(RingFile.Open(path, clock), ownership);
        }
        catch
        {
            ownership.Dispose();
            throw;
        }
    }

    /// <summary>The message at a position.</summary>
    /// <param name="position">Of the message; after a message was found, of the one behind it.</param>
    /// <param name="message">Valid until it is released.</param>
    public PeekResult Peek(ref long position, out ReadOnlySpan<byte> message)
    {
        message = default;
        while (position < WriterCursorAfter(position))
        {
            long place = position & (_capacityBytes - 1);
            var header = (MessageHeader*)(_ring.Records + place);
            long toEnd = _capacityBytes - place;
            long written = _writerCursorSeen - position;
            if (header->Kind == MessageKind.None)
            {
                if (toEnd >= written)
                {
                    // Padding is published together with the record behind it.
                    return PeekResult.Malformed;
                }

                position += toEnd;
                continue;
            }

            int available = (int)Math.Min(Math.Min(toEnd, written), MessageHeader.MessageBytesMax);
            var bytes = new ReadOnlySpan<byte>(_ring.Records + place, available);
            if (!MessageBytes.IsWellFormed(bytes))
            {
                return PeekResult.Malformed;
            }

            message = bytes[..header->LengthBytes];
            position += header->LengthBytes;
            return PeekResult.Message;
        }

        return PeekResult.Empty;
    }

    /// <summary>Gives the room before a position back to the writer.</summary>
    public void Release(long position)
    {
        Invariant.Holds(position >= _ring.Header->ReaderCursor && position <= _ring.Header->WriterCursor);
        _next = position;
        // Release: we have read what the writer may now overwrite.
        Volatile.Write(ref _ring.Header->ReaderCursor, position);
    }

    /// <summary>Gives back everything that was written up to now, unread.</summary>
    public void DiscardAll() => Release(Volatile.Read(ref _ring.Header->WriterCursor));

    /// <inheritdoc/>
    /// <exception cref="InvariantBrokenException">The writer wrote what is no message.</exception>
    public bool TryRead(out ReadOnlySpan<byte> message)
    {
        if (_next != _ring.Header->ReaderCursor)
        {
            Release(_next);
        }

        PeekResult result = Peek(ref _next, out message);
        Invariant.Holds(result != PeekResult.Malformed);
        return result == PeekResult.Message;
    }

    /// <summary>Tells the writer that this process lives. At least once a second.</summary>
    public void Beat() => Volatile.Write(ref _ring.Header->ReaderHeartbeatTicks, _ring.NowTicks);

    public void Dispose()
    {
        _ring.Dispose();
        _ownership.Dispose();
    }

    private long WriterCursorAfter(long position)
    {
        if (position >= _writerCursorSeen)
        {
            // Acquire: the records before the cursor are visible.
            _writerCursorSeen = Volatile.Read(ref _ring.Header->WriterCursor);
        }

        return _writerCursorSeen;
    }
}
