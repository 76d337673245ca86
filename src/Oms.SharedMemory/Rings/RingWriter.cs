using System.Runtime.CompilerServices;
using Oms.Domain;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Rings;

/// <summary>
/// The writing end of a ring; owned by one thread. A message is there whole or not at all: it is copied
/// first and published by one store, so that a writer that dies in between leaves nothing behind. What must
/// wait before it may be seen is staged (<see cref="Stage"/>) and published later, in order.
/// </summary>
public sealed unsafe class RingWriter : IDisposable
{
    private readonly RingFile _ring;
    private readonly EndOwnership _ownership;
    private readonly long _capacityBytes;
    private RingMark _staged;
    private RingMark _published;
    private long _readerCursorSeen;

    private RingWriter(RingFile ring, EndOwnership ownership)
    {
        _ring = ring;
        _ownership = ownership;
        _capacityBytes = ring.CapacityBytes;
        _published = new(ring.Header->WriterCursor, ring.Header->LastRecordPosition);
        _staged = _published;
        _readerCursorSeen = Volatile.Read(ref ring.Header->ReaderCursor);
        ring.Header->WriterPid = Environment.ProcessId;
        Beat();
    }

    public RingFile Ring => _ring;

    /// <summary>Behind everything that is staged or published.</summary>
    public RingMark Staged => _staged;

    /// <summary>Goes on where the last writer stopped.</summary>
    /// <param name="clock">In which both ends write their heartbeats; null for that of the machine.</param>
    /// <exception cref="RoleTakenException">Another live process writes this ring.</exception>
    public static RingWriter Attach(string path, TimeProvider? clock = null)
    {
        EndOwnership ownership = EndOwnership.Take(path, "writer");
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

    public OfferResult Offer<TMessage>(ref readonly TMessage message)
        where TMessage : unmanaged, IMessage => Offer(MessageBytes.Of(in message));

    /// <summary>Publishes the message, or says why not; never waits.</summary>
    public OfferResult Offer(ReadOnlySpan<byte> message)
    {
        OfferResult result = Stage(message);
        if (result == OfferResult.Accepted)
        {
            Publish(in _staged);
        }

        return result;
    }

    /// <summary>Writes the message where nobody sees it yet, or says why not; never waits.</summary>
    public OfferResult Stage(ReadOnlySpan<byte> message)
    {
        Invariant.Holds(MessageBytes.IsWhole(message));
        long cursor = _staged.Cursor;
        long place = cursor & (_capacityBytes - 1);
        long padding = _capacityBytes - place < message.Length ? _capacityBytes - place : 0;
        if (!HasRoomFor(padding + message.Length))
        {
            return _ring.IsReaderAlive ? OfferResult.BackPressured : OfferResult.ConsumerGone;
        }

        if (padding > 0)
        {
            Unsafe.InitBlock(_ring.Records + place, 0, MessageHeader.Length);
            place = 0;
        }

        message.CopyTo(new Span<byte>(_ring.Records + place, message.Length));
        long start = cursor + padding;
        _staged = new(start + message.Length, start);
        return OfferResult.Accepted;
    }

    /// <summary>Publishes what is staged, up to a mark.</summary>
    /// <param name="mark"><see cref="Staged"/>, as it was after the last message to be seen.</param>
    public void Publish(in RingMark mark)
    {
        Invariant.Holds(mark.Cursor >= _published.Cursor && mark.Cursor <= _staged.Cursor);
        _published = mark;
        // Release: the records are visible before the cursor that covers them.
        Volatile.Write(ref _ring.Header->WriterCursor, mark.Cursor);
        Volatile.Write(ref _ring.Header->LastRecordPosition, mark.LastRecordPosition);
        if (Volatile.Read(ref _ring.Header->ReaderParks) != 0)
        {
            RingPark.WakeReaderOf(_ring.Header);
        }
    }

    /// <summary>Tells the reader that this process lives. At least once a second.</summary>
    public void Beat() => Volatile.Write(ref _ring.Header->WriterHeartbeatTicks, _ring.NowTicks);

    /// <summary>
    /// The header of the last published message, also when it has been read: what a writer that restarted
    /// needs to know of its own past. False when nothing was ever published.
    /// </summary>
    public bool TryReadLastPublished(out MessageHeader header)
    {
        header = default;
        bool found = false;
        long position = _ring.Header->LastRecordPosition;
        while (position < _published.Cursor)
        {
            var candidate = (MessageHeader*)(_ring.Records + (position & (_capacityBytes - 1)));
            if (candidate->Kind == MessageKind.None)
            {
                position += _capacityBytes - (position & (_capacityBytes - 1));
                continue;
            }

            Invariant.Holds(candidate->LengthBytes >= 64);
            header = *candidate;
            found = true;
            position += candidate->LengthBytes;
        }

        return found;
    }

    public void Dispose()
    {
        _ring.Dispose();
        _ownership.Dispose();
    }

    private bool HasRoomFor(long lengthBytes)
    {
        if (EndFree(lengthBytes) <= _readerCursorSeen)
        {
            return IsLastPublishedSpared(lengthBytes);
        }

        // Acquire: what the reader read, it read before we overwrite it.
        _readerCursorSeen = Volatile.Read(ref _ring.Header->ReaderCursor);
        return EndFree(lengthBytes) <= _readerCursorSeen && IsLastPublishedSpared(lengthBytes);
    }

    /// <summary>Up to here, what was written before is overwritten.</summary>
    private long EndFree(long lengthBytes) => _staged.Cursor + lengthBytes - _capacityBytes;

    /// <summary>
    /// What was published last is kept although it has been read: a writer that restarts looks it up.
    /// </summary>
    private bool IsLastPublishedSpared(long lengthBytes) =>
        _staged.Cursor == _published.Cursor || EndFree(lengthBytes) <= _published.LastRecordPosition;
}
