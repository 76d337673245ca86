using Oms.Domain.Messages;
using Oms.SharedMemory.Rings;

namespace Oms.FastPath.Publishing;

/// <summary>
/// Publishes events to one reader. A reader that is behind by a whole ring misses events and is told, when
/// there is room again, up to which number: it reads the log. It never holds FastPath up.
/// </summary>
internal sealed class EventPublisher(RingWriter writer) : IDisposable
{
    // A start announces the head: events of the time before may be in the log only.
    private bool _isBehind = true;

    /// <summary>Events that did not fit and were left to the log.</summary>
    public long MissedCount { get; private set; }

    public void Publish(ReadOnlySpan<byte> message)
    {
        if (_isBehind || writer.Offer(message) != OfferResult.Accepted)
        {
            _isBehind = true;
            MissedCount++;
        }
    }

    /// <summary>Tells a reader that missed events the number of the last one.</summary>
    public void CatchUp(long logSequence)
    {
        if (!_isBehind)
        {
            return;
        }

        var head = new Tick { Header = MessageHeader.For<Tick>() with { LogSequence = logSequence } };
        _isBehind = writer.Offer(in head) != OfferResult.Accepted;
    }

    public void Beat() => writer.Beat();

    public void Dispose() => writer.Dispose();
}
