using Oms.Domain.Messages;
using Oms.SharedMemory.Rings;

namespace Oms.FastPath.Publishing;

/// <summary>
/// Publishes events to one reader. A reader that is behind by a whole ring misses events and is told, when
/// there is room again, up to which number: it reads the log. It never holds FastPath up.
/// </summary>
/// <param name="isOptional">Nothing is written while nobody reads.</param>
internal sealed class EventPublisher(GatedRing ring, bool isOptional) : IDisposable
{
    // A start announces the head: events of the time before may be in the log only.
    private bool _isBehind = true;

    /// <summary>Events that did not fit and were left to the log.</summary>
    public long MissedCount { get; private set; }

    /// <summary>Whether events are written, as last looked at by <see cref="NoteReader"/>.</summary>
    public bool IsListening { get; private set; } = !isOptional;

    /// <summary>Looks whether somebody reads. Who comes anew is told where the log is.</summary>
    public void NoteReader()
    {
        bool isListening = !isOptional || ring.IsReaderAlive;
        _isBehind |= isListening && !IsListening;
        IsListening = isListening;
    }

    /// <param name="logPosition">Where in the log the event ends.</param>
    public void Publish(ReadOnlySpan<byte> message, long logPosition)
    {
        if (_isBehind || ring.Offer(message, logPosition) != OfferResult.Accepted)
        {
            _isBehind = true;
            MissedCount++;
        }
    }

    /// <summary>Tells a reader that missed events the number of the last one.</summary>
    /// <param name="logPosition">Where in the log that one ends, or later.</param>
    public void CatchUp(long logSequence, long logPosition)
    {
        if (!_isBehind)
        {
            return;
        }

        var head = new Tick { Header = MessageHeader.For<Tick>() with { LogSequence = logSequence } };
        _isBehind = ring.Offer(MessageBytes.Of(in head), logPosition) != OfferResult.Accepted;
    }

    public void Release(long durablePosition) => ring.Release(durablePosition);

    public void Beat() => ring.Beat();

    public void Dispose() => ring.Dispose();
}
