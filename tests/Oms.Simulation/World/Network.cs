namespace Oms.Simulation.World;

/// <summary>What is under way: each thing happens at its time, and of two at one time the older first.</summary>
internal sealed class Network(VirtualTime time)
{
    private readonly PriorityQueue<Action, (long At, long Number)> _underWay = new();
    private long _number;

    public int Count => _underWay.Count;

    public void After(long nanos, Action arrives) =>
        _underWay.Enqueue(arrives, (time.Ticks + nanos, ++_number));

    /// <summary>Lets what is due arrive.</summary>
    public int Deliver()
    {
        int count = 0;
        while (_underWay.TryPeek(out Action? arrives, out (long At, long Number) place) && place.At <= time.Ticks)
        {
            _ = _underWay.Dequeue();
            arrives();
            count++;
        }

        return count;
    }
}
