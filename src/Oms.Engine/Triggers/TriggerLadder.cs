using Oms.Domain;
using Oms.Domain.Orders;
using Oms.Engine.State;

namespace Oms.Engine.Triggers;

/// <summary>
/// Held orders of one side by the price that lets them go, the next to go at the end; of equal prices the
/// oldest first.
/// </summary>
internal sealed class TriggerLadder(TriggerSource source, Side side, bool firesOnRise)
{
    private long[] _prices = new long[16];
    private int[] _slots = new int[16];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, Count);

    public void Add(long price, int slot)
    {
        if (Count == _prices.Length)
        {
            Array.Resize(ref _prices, Count * 2);
            Array.Resize(ref _slots, Count * 2);
        }

        int place = PlaceOf(price);
        Array.Copy(_prices, place, _prices, place + 1, Count - place);
        Array.Copy(_slots, place, _slots, place + 1, Count - place);
        (_prices[place], _slots[place]) = (price, slot);
        Count++;
    }

    public void Remove(long price, int slot)
    {
        int place = PlaceOf(price);
        while (_slots[place] != slot)
        {
            place++;
            Invariant.Holds(place < Count && _prices[place] == price);
        }

        Count--;
        Array.Copy(_prices, place + 1, _prices, place, Count - place);
        Array.Copy(_slots, place + 1, _slots, place, Count - place);
    }

    /// <summary>
    /// The next order that these prices let go, which stays; false when there is none, or its price is not
    /// known.
    /// </summary>
    public bool TryPeekFired(in MarketPrices prices, out int slot)
    {
        slot = Count > 0 ? _slots[Count - 1] : -1;
        long price = prices.Watched(source, side);
        return Count > 0
            && price > 0
            && (firesOnRise ? _prices[Count - 1] <= price : _prices[Count - 1] >= price);
    }

    /// <summary>Sets what was saved: in the order of <see cref="Slots"/>.</summary>
    public void Restore(long price, int slot)
    {
        if (Count == _prices.Length)
        {
            Array.Resize(ref _prices, Count * 2);
            Array.Resize(ref _slots, Count * 2);
        }

        (_prices[Count], _slots[Count]) = (price, slot);
        Count++;
    }

    /// <summary>The first place that goes with or after this price.</summary>
    private int PlaceOf(long price)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            bool isLater = firesOnRise ? _prices[middle] > price : _prices[middle] < price;
            (low, high) = isLater ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
