namespace Oms.Engine;

/// <summary>
/// Consequences of what was just done: taken one at a time after it, so that nothing changes under the hands
/// of what is at work.
/// </summary>
internal sealed class Agenda
{
    private Item[] _ring = new Item[256];
    private int _head;
    private int _count;

    /// <param name="subject">The order's id, the account's, or account and instrument of a holding.</param>
    public void Add(Consequence consequence, long subject)
    {
        if (_count == _ring.Length)
        {
            Grow();
        }

        _ring[(_head + _count++) & (_ring.Length - 1)] = new(consequence, subject);
    }

    public bool TryTake(out Item item)
    {
        item = default;
        if (_count == 0)
        {
            return false;
        }

        item = _ring[_head];
        _head = (_head + 1) & (_ring.Length - 1);
        _count--;
        return true;
    }

    private void Grow()
    {
        var grown = new Item[_ring.Length * 2];
        for (int index = 0; index < _count; index++)
        {
            grown[index] = _ring[(_head + index) & (_ring.Length - 1)];
        }

        (_ring, _head) = (grown, 0);
    }

    internal readonly record struct Item(Consequence Consequence, long Subject);
}
