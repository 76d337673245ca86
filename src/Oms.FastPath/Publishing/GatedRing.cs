using Oms.Domain.Messages;
using Oms.SharedMemory.Rings;

namespace Oms.FastPath.Publishing;

/// <summary>
/// A ring whose messages are seen once the log that led to them is as safe as the deployment promises: at
/// once, or, where the gate is shut, when the disk has it. Meanwhile they stand in the ring, and the core
/// goes on.
/// </summary>
internal sealed class GatedRing(RingWriter writer, bool isGated) : IDisposable
{
    private const int MarksMax = 256;

    private readonly Mark[] _marks = new Mark[MarksMax];
    private int _first;
    private int _count;

    /// <summary>Writes a message, or says why not; never waits.</summary>
    /// <param name="logPosition">The message is seen when the disk has the log up to here.</param>
    public OfferResult Offer(ReadOnlySpan<byte> message, long logPosition)
    {
        if (!isGated)
        {
            return writer.Offer(message);
        }

        OfferResult result = writer.Stage(message);
        if (result == OfferResult.Accepted)
        {
            Note(new Mark(logPosition, writer.Staged));
        }

        return result;
    }

    /// <summary>Lets out what the disk has.</summary>
    public void Release(long durablePosition)
    {
        RingMark released = default;
        bool isReleased = false;
        while (_count > 0 && _marks[_first].LogPosition <= durablePosition)
        {
            released = _marks[_first].Ring;
            isReleased = true;
            _first = (_first + 1) % MarksMax;
            _count--;
        }

        if (isReleased)
        {
            writer.Publish(in released);
        }
    }

    /// <inheritdoc cref="RingWriter.TryReadLastPublished"/>
    public bool TryReadLastPublished(out MessageHeader header) => writer.TryReadLastPublished(out header);

    /// <summary>Whether somebody reads it, as far as one can tell.</summary>
    public bool IsReaderAlive => writer.Ring.IsReaderAlive;

    public void Beat() => writer.Beat();

    public void Dispose() => writer.Dispose();

    private void Note(in Mark mark)
    {
        ref Mark last = ref _marks[(_first + _count + MarksMax - 1) % MarksMax];
        if (_count > 0 && (last.LogPosition == mark.LogPosition || _count == MarksMax))
        {
            // One more waits for the same, or, when marks run out, what is last waits for a little more.
            last = mark;
            return;
        }

        _marks[(_first + _count) % MarksMax] = mark;
        _count++;
    }

    private readonly record struct Mark(long LogPosition, RingMark Ring);
}
