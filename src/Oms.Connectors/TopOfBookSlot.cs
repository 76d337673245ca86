using Oms.Domain.Messages;

namespace Oms.Connectors;

/// <summary>
/// The newest top of a listing, from the one who keeps the book to the one thread that writes the ring: an
/// older one that was not yet taken is forgotten.
/// </summary>
/// <param name="wake">Called when there is something to take.</param>
internal sealed class TopOfBookSlot(TimeSpan interval, TimeProvider time, Action wake)
{
    private Box? _newest;
    private TopOfBook _taken;
    private long _takenTimestamp;

    /// <summary>By whoever keeps the book.</summary>
    public void Put(in TopOfBook top)
    {
        Volatile.Write(ref _newest, new(top));
        wake();
    }

    /// <summary>By the ring thread: false when there is no news, or the last was too short ago.</summary>
    public bool TryPeek(out TopOfBook top)
    {
        Box? newest = Volatile.Read(ref _newest);
        top = newest?.Top ?? default;
        if (newest is null)
        {
            return false;
        }

        TimeSpan since = _takenTimestamp == 0 ? TimeSpan.MaxValue : time.GetElapsedTime(_takenTimestamp);
        return IsSame(top) ? since >= ConnectorLimits.TopRepeatInterval : since >= interval;
    }

    /// <summary>The ring has it.</summary>
    public void Take(in TopOfBook top)
    {
        _taken = top;
        _takenTimestamp = time.GetTimestamp();
        Box? newest = Volatile.Read(ref _newest);
        if (newest is not null && newest.Top == top)
        {
            _ = Interlocked.CompareExchange(ref _newest, null, newest);
        }
    }

    private bool IsSame(in TopOfBook top) =>
        top.BidPrice == _taken.BidPrice && top.BidQuantity == _taken.BidQuantity
        && top.AskPrice == _taken.AskPrice && top.AskQuantity == _taken.AskQuantity;

    private sealed record Box(TopOfBook Top);
}
