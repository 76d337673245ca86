using Oms.Domain;

namespace Oms.Gateway.Orders;

/// <summary>
/// The newest entries of a list that only grows, numbered from 1. One thread writes, any thread reads.
/// </summary>
internal sealed class BoundedHistory<TEntry>(int entriesMax)
    where TEntry : class
{
    private readonly Slot?[] _slots = new Slot?[entriesMax];
    private long _last;

    /// <summary>The number of the newest entry; 0 when there is none.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>The entry that the next one displaces; null while there is room.</summary>
    public TEntry? NextDisplaced => _slots[IndexOf(_last + 1)]?.Entry;

    public long Append(TEntry entry)
    {
        long number = _last + 1;
        Volatile.Write(ref _slots[IndexOf(number)], new(number, entry));
        Volatile.Write(ref _last, number);
        return number;
    }

    public void Replace(long number, TEntry entry)
    {
        Invariant.Holds(_slots[IndexOf(number)]?.Number == number);
        Volatile.Write(ref _slots[IndexOf(number)], new(number, entry));
    }

    /// <summary>Null when there is no such entry, or no longer.</summary>
    public TEntry? Find(long number)
    {
        Slot? slot = number < 1 ? null : Volatile.Read(ref _slots[IndexOf(number)]);
        return slot?.Number == number ? slot.Entry : null;
    }

    /// <summary>The entries with a number below the given one.</summary>
    public IEnumerable<(long Number, TEntry Entry)> NewestFirst(long below)
    {
        for (long number = Math.Min(below - 1, Last); number > 0; number--)
        {
            TEntry? entry = Find(number);
            if (entry is null)
            {
                yield break;
            }

            yield return (number, entry);
        }
    }

    private int IndexOf(long number) => (int)(number % _slots.Length);

    private sealed record Slot(long Number, TEntry Entry);
}
