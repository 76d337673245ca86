using System.Diagnostics;
using System.Runtime.InteropServices;
using Oms.Domain.Messages;
using Oms.SharedMemory.Rings;

namespace Oms.FastPath.Publishing;

/// <summary>
/// Hands requests to one connector, each once and in order. What the ring cannot take waits here; it is
/// bounded by the number of live orders, since an order has at most a few requests under way.
/// </summary>
internal sealed class RequestPublisher : IDisposable
{
    private readonly GatedRing _ring;
    private readonly Queue<byte[]> _waiting = new();

    public RequestPublisher(GatedRing ring)
    {
        _ring = ring;
        LastPublished = ring.TryReadLastPublished(out MessageHeader last) ? last.LogSequence : 0;
    }

    /// <summary>
    /// The number of the last request that an earlier process put into this ring, 0 for none: what replay
    /// makes again up to it has been said.
    /// </summary>
    public long LastPublished { get; }

    public int WaitingCount => _waiting.Count;

    /// <param name="logPosition">Behind the input that led to the request.</param>
    public void Publish(ReadOnlySpan<byte> message, long logPosition)
    {
        Span<byte> stamped = stackalloc byte[MessageHeader.MessageBytesMax];
        stamped = stamped[..message.Length];
        message.CopyTo(stamped);
        Stamp(stamped);
        if (_waiting.Count > 0 || _ring.Offer(stamped, logPosition) != OfferResult.Accepted)
        {
            _waiting.Enqueue(stamped.ToArray());
        }
    }

    /// <summary>Offers again what waits.</summary>
    /// <param name="logPosition">Behind the inputs that led to it, or later.</param>
    public void CatchUp(long logPosition)
    {
        while (_waiting.TryPeek(out byte[]? message)
            && _ring.Offer(message, logPosition) == OfferResult.Accepted)
        {
            _ = _waiting.Dequeue();
        }
    }

    public void Release(long durablePosition) => _ring.Release(durablePosition);

    public void Beat() => _ring.Beat();

    public void Dispose() => _ring.Dispose();

    /// <summary>
    /// The moment of the hand-over is not the engine's to know: it is written into the copy that leaves.
    /// </summary>
    private static void Stamp(Span<byte> message)
    {
        if (MessageBytes.Header(message).Kind == MessageKind.SubmitOrder)
        {
            ref SubmitOrder submit = ref MemoryMarshal.AsRef<SubmitOrder>(message);
            submit = submit with { Stamps = submit.Stamps with { RiskDecided = Stopwatch.GetTimestamp() } };
        }
    }
}
