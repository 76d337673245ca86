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
    private readonly RingWriter _writer;
    private readonly Queue<byte[]> _waiting = new();

    public RequestPublisher(RingWriter writer)
    {
        _writer = writer;
        LastPublished = writer.TryReadLastPublished(out MessageHeader last) ? last.LogSequence : 0;
    }

    /// <summary>
    /// The number of the last request that an earlier process put into this ring, 0 for none: what replay
    /// makes again up to it has been said.
    /// </summary>
    public long LastPublished { get; }

    public int WaitingCount => _waiting.Count;

    public void Publish(ReadOnlySpan<byte> message)
    {
        Span<byte> stamped = stackalloc byte[MessageHeader.MessageBytesMax];
        stamped = stamped[..message.Length];
        message.CopyTo(stamped);
        Stamp(stamped);
        if (_waiting.Count > 0 || _writer.Offer(stamped) != OfferResult.Accepted)
        {
            _waiting.Enqueue(stamped.ToArray());
        }
    }

    /// <summary>Offers again what waits.</summary>
    public void CatchUp()
    {
        while (_waiting.TryPeek(out byte[]? message) && _writer.Offer(message) == OfferResult.Accepted)
        {
            _ = _waiting.Dequeue();
        }
    }

    public void Beat() => _writer.Beat();

    public void Dispose() => _writer.Dispose();

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
