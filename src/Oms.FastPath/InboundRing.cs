using Oms.FastPath.Recovery;
using Oms.SharedMemory.Rings;

namespace Oms.FastPath;

/// <summary>A ring that FastPath reads.</summary>
/// <param name="number">Its number in the log, from 1.</param>
/// <param name="isAlwaysPolled">It is looked at in every turn, however quiet it is.</param>
internal sealed class InboundRing(
    int number, string name, RingReader reader, InputCheck isAcceptable, bool isAlwaysPolled) : IDisposable
{
    public int Number { get; } = number;

    public string Name { get; } = name;

    public RingReader Reader { get; } = reader;

    public RingIdentity Identity { get; } = new(number, name, reader.Ring.Incarnation);

    public bool IsAlwaysPolled { get; } = isAlwaysPolled;

    /// <summary>Something was in it since its use was last looked at.</summary>
    public bool WasUsed { get; set; }

    /// <summary>Messages that were no inputs of this ring and were left out.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>The writer wrote what is no message: the ring is not read any more.</summary>
    public bool IsQuarantined { get; private set; }

    /// <summary>The next acceptable message at a position.</summary>
    public bool TryPeek(ref long position, out ReadOnlySpan<byte> message)
    {
        message = default;
        while (!IsQuarantined)
        {
            PeekResult result = Reader.Peek(ref position, out message);
            if (result != PeekResult.Message)
            {
                IsQuarantined = result == PeekResult.Malformed;
                return false;
            }

            if (isAcceptable(message))
            {
                return true;
            }

            RefusedCount++;
        }

        return false;
    }

    public void Dispose() => Reader.Dispose();
}
