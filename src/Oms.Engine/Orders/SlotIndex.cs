using System.Numerics;
using Oms.Domain;

namespace Oms.Engine.Orders;

/// <summary>
/// Finds slots by a hash: open addressing with linear probing in one array, at most two thirds full, without
/// allocation. What a slot holds is compared by the caller.
/// </summary>
internal sealed class SlotIndex
{
    // Hash in the upper half, one more than the slot in the lower; 0 is empty.
    private ulong[] _entries = [0];
    private int _mask;

    public int Count { get; private set; }

    /// <summary>Makes room for this many slots; what is held stays.</summary>
    public void Grow(int capacity)
    {
        ulong[] before = _entries;
        _entries = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 2) * 3 / 2)];
        _mask = _entries.Length - 1;
        Count = 0;
        foreach (ulong entry in before)
        {
            if (entry != 0)
            {
                Add((uint)(entry >> 32), (int)(uint)(entry & uint.MaxValue) - 1);
            }
        }
    }

    /// <summary>The slot that matches; -1 where none does.</summary>
    public int Find<TMatch>(uint hash, in TMatch match)
        where TMatch : struct, ISlotMatch, allows ref struct
    {
        ulong[] entries = _entries;
        for (int place = (int)(hash & (uint)_mask); ; place = (place + 1) & _mask)
        {
            ulong entry = entries[place];
            if (entry == 0)
            {
                return -1;
            }

            int slot = (int)(uint)(entry & uint.MaxValue) - 1;
            if ((uint)(entry >> 32) == hash && match.IsAt(slot))
            {
                return slot;
            }
        }
    }

    /// <summary>Brings near what a look-up with this hash reads first.</summary>
    public void Fetch(uint hash) => Prefetch.Line(ref _entries[(int)(hash & (uint)_mask)]);

    public void Add(uint hash, int slot)
    {
        Invariant.Holds(Count < _entries.Length - (_entries.Length / 4));
        int place = (int)(hash & (uint)_mask);
        while (_entries[place] != 0)
        {
            place = (place + 1) & _mask;
        }

        _entries[place] = ((ulong)hash << 32) | (uint)(slot + 1);
        Count++;
    }

    /// <summary>Removes a slot that was added with this hash.</summary>
    public void Remove(uint hash, int slot)
    {
        ulong sought = ((ulong)hash << 32) | (uint)(slot + 1);
        int place = (int)(hash & (uint)_mask);
        while (_entries[place] != sought)
        {
            Invariant.Holds(_entries[place] != 0);
            place = (place + 1) & _mask;
        }

        Count--;
        CloseGap(place);
    }

    /// <summary>Moves back what stands behind a gap only because its place was taken.</summary>
    private void CloseGap(int gap)
    {
        for (int place = (gap + 1) & _mask; _entries[place] != 0; place = (place + 1) & _mask)
        {
            int home = (int)((uint)(_entries[place] >> 32) & (uint)_mask);
            if (((place - home) & _mask) >= ((place - gap) & _mask))
            {
                _entries[gap] = _entries[place];
                gap = place;
            }
        }

        _entries[gap] = 0;
    }
}
