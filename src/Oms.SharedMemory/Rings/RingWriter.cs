using System.Diagnostics;
using System.Runtime.CompilerServices;
using Oms.Domain;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;

namespace Oms.SharedMemory.Rings;

/// <summary>
/// The writing end of a ring; owned by one thread. A message is there whole or not at all: it is copied first
/// and
/// published by one store, so that a writer that dies in between leaves nothing behind.
/// </summary>
public sealed unsafe class RingWriter : IDisposable
{
    private readonly RingFile _ring;
    private readonly EndOwnership _ownership;
    private readonly long _capacityBytes;
    private long _cursor;
    private long _readerCursorSeen;

    private RingWriter(RingFile ring, EndOwnership ownership)
    {
        _ring = ring;
        _ownership = ownership;
        _capacityBytes = ring.CapacityBytes;
        _cursor = ring.Header->WriterCursor;
        _readerCursorSeen = Volatile.Read(ref ring.Header->ReaderCursor);
        ring.Header->WriterPid = Environment.ProcessId;
        Beat();
    }

    public RingFile Ring => _ring;

    /// <summary>Goes on where the last writer stopped.</summary>
    /// <exception cref="RoleTakenException">Another live process writes this ring.</exception>
    public static RingWriter Attach(string path)
    {
        EndOwnership ownership = EndOwnership.Take(path, "writer");
        try
        {
            return new(RingFile.Open(path), ownership);
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
        Invariant.Holds(MessageBytes.IsWhole(message));
        long place = _cursor & (_capacityBytes - 1);
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
        long start = _cursor + padding;
        _cursor = start + message.Length;
        // Release: the record is visible before the cursor that covers it.
        Volatile.Write(ref _ring.Header->WriterCursor, _cursor);
        Volatile.Write(ref _ring.Header->LastRecordPosition, start);
        return OfferResult.Accepted;
    }

    /// <summary>Tells the reader that this process lives. At least once a second.</summary>
    public void Beat() => Volatile.Write(ref _ring.Header->WriterHeartbeatTicks, Stopwatch.GetTimestamp());

    /// <summary>
    /// The header of the last published message, also when it has been read: what a writer that restarted
    /// needs to
    /// know of its own past. False when nothing was ever published.
    /// </summary>
    public bool TryReadLastPublished(out MessageHeader header)
    {
        header = default;
        bool found = false;
        long position = _ring.Header->LastRecordPosition;
        while (position < _cursor)
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
        if (_cursor + lengthBytes - _readerCursorSeen <= _capacityBytes)
        {
            return true;
        }

        // Acquire: what the reader read, it read before we overwrite it.
        _readerCursorSeen = Volatile.Read(ref _ring.Header->ReaderCursor);
        return _cursor + lengthBytes - _readerCursorSeen <= _capacityBytes;
    }
}
