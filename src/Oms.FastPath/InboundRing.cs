using Oms.SharedMemory.Rings;

namespace Oms.FastPath;

/// <summary>A ring that FastPath reads.</summary>
/// <param name="number">Its number in the log, from 1.</param>
internal sealed class InboundRing(int number, string name, RingReader reader, InputCheck isAcceptable)
    : IDisposable
{
    public int Number { get; } = number;

    public string Name { get; } = name;

    public RingReader Reader { get; } = reader;

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
