using System.Runtime.InteropServices;

namespace Oms.Engine.Orders;

/// <summary>
/// Live orders by the time at which they are to be ended: a binary heap, each order in it at most once, and
/// each knowing its place, so that it leaves the heap with the order's end.
/// </summary>
internal sealed class ExpiryQueue(OrderStore orders)
{
    private Expiry[] _heap = new Expiry[64];

    public int Count { get; private set; }

    public ReadOnlySpan<Expiry> Items => _heap.AsSpan(0, Count);

    /// <summary>Sets when an order is to be ended, whether it is in the queue or not.</summary>
    public void Set(int slot, long unixNanos)
    {
        Remove(slot);
        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, Count * 2);
        }

        Rise(Count++, new Expiry(unixNanos, slot));
    }

    /// <summary>Forgets an order, if it is in the queue.</summary>
    public void Remove(int slot)
    {
        int place = orders[slot].ExpiryPlacePlus1 - 1;
        if (place < 0)
        {
            return;
        }

        orders[slot].ExpiryPlacePlus1 = 0;
        Expiry last = _heap[--Count];
        if (place == Count)
        {
            return;
        }

        if (place > 0 && IsBefore(in last, in _heap[Above(place)]))
        {
            Rise(place, last);
        }
        else
        {
            Sink(place, last);
        }
    }

    public bool IsDue(long nowUnixNanos) => Count > 0 && _heap[0].UnixNanos <= nowUnixNanos;

    public bool TryTakeDue(long nowUnixNanos, out int slot)
    {
        slot = IsDue(nowUnixNanos) ? (int)_heap[0].Slot : -1;
        if (slot >= 0)
        {
            Remove(slot);
        }

        return slot >= 0;
    }

    /// <summary>Sets what was saved.</summary>
    public void Restore(ReadOnlySpan<Expiry> items)
    {
        _heap = new Expiry[Math.Max(64, items.Length)];
        items.CopyTo(_heap);
        Count = items.Length;
        for (int place = 0; place < Count; place++)
        {
            orders[(int)_heap[place].Slot].ExpiryPlacePlus1 = place + 1;
        }
    }

    private static int Above(int place) => (place - 1) / 2;

    private bool IsBefore(in Expiry left, in Expiry right) => left.UnixNanos != right.UnixNanos
        ? left.UnixNanos < right.UnixNanos
        : orders[(int)left.Slot].OrderId.Value < orders[(int)right.Slot].OrderId.Value;

    private void Rise(int place, Expiry moved)
    {
        while (place > 0 && IsBefore(in moved, in _heap[Above(place)]))
        {
            Put(place, _heap[Above(place)]);
            place = Above(place);
        }

        Put(place, moved);
    }

    private void Sink(int place, Expiry moved)
    {
        for (int child = (place * 2) + 1; child < Count; child = (place * 2) + 1)
        {
            if (child + 1 < Count && IsBefore(in _heap[child + 1], in _heap[child]))
            {
                child++;
            }

            if (!IsBefore(in _heap[child], in moved))
            {
                break;
            }

            Put(place, _heap[child]);
            place = child;
        }

        Put(place, moved);
    }

    private void Put(int place, Expiry expiry)
    {
        _heap[place] = expiry;
        orders[(int)expiry.Slot].ExpiryPlacePlus1 = place + 1;
    }

    /// <summary>When an order is to be ended; saved as it lies, hence of two words.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    internal readonly record struct Expiry(long UnixNanos, long Slot);
}
