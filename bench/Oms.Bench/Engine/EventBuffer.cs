using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Oms.Bench.Engine;

/// <summary>Where a batch of commands leaves its events, to be consumed before the next.</summary>
internal sealed class EventBuffer
{
    /// <summary>Commands between two looks at the events.</summary>
    public const int BatchCommands = 64;

    /// <summary>A command of the workload has at most 100 to trade, and so at most that many fills.</summary>
    private const int EventsPerCommandMax = 101;

    private readonly BookEvent[] _events = new BookEvent[BatchCommands * EventsPerCommandMax];
    private Vector256<ulong> _digest = Vector256<ulong>.One;
    private int _count;

    /// <summary>Of all events that were consumed, in their order.</summary>
    public ulong Digest => Vector256.Sum(_digest);

    public ReadOnlySpan<BookEvent> Events => _events.AsSpan(0, _count);

    public void Add(in BookEvent happened) => _events[_count++] = happened;

    /// <summary>Reads all of each event, and empties the buffer.</summary>
    public void Consume()
    {
        Vector256<ulong> digest = _digest;
        foreach (Vector256<ulong> happened in MemoryMarshal.Cast<BookEvent, Vector256<ulong>>(Events))
        {
            digest = (Vector256.ShiftLeft(digest, 1) | Vector256.ShiftRightLogical(digest, 63)) ^ happened;
        }

        _digest = digest;
        _count = 0;
    }
}
