using Oms.Domain;

namespace Oms.Matching;

/// <summary>
/// The levels of one side, sorted from worst to best, so that the busy end is the cheap end of the array:
///
///     index    0      1      2   …  count-1
///     bid    61801  61805  61809     61811   best
///     ask    61830  61822  61815     61812   best
/// </summary>
internal sealed class BookLadder(BookSide side)
{
    private const int InitialLevels = 256;

    private Level[] _levels = new Level[InitialLevels];

    public int Count { get; private set; }

    /// <summary>The oldest order at the best price; the side is not empty.</summary>
    public int BestHead => _levels[Count - 1].Head;

    /// <summary>Whether a resting price trades with an arriving limit.</summary>
    public bool IsReachedBy(long restingPrice, long limitPrice) =>
        side == BookSide.Bid ? restingPrice >= limitPrice : restingPrice <= limitPrice;

    public bool TryGetBest(out BookLevel level)
    {
        level = Count == 0 ? default : LevelFromBest(0);
        return Count > 0;
    }

    /// <summary>The level that has this many better ones.</summary>
    public BookLevel LevelFromBest(int index)
    {
        ref readonly Level level = ref _levels[Count - 1 - index];
        return new BookLevel(level.Price, level.Quantity);
    }

    public int HeadFromBest(int index) => _levels[Count - 1 - index].Head;

    public long QuantityAt(long price)
    {
        int index = IndexOf(price);
        return index >= 0 ? _levels[index].Quantity : 0;
    }

    public int CopyTo(Span<BookLevel> levels)
    {
        int count = Math.Min(levels.Length, Count);
        for (int index = 0; index < count; index++)
        {
            levels[index] = LevelFromBest(index);
        }

        return count;
    }

    public void Append(OrderQueues queues, int node)
    {
        BookOrder order = queues[node];
        int index = IndexOf(order.Price);
        if (index < 0)
        {
            Level opened = new() { Price = order.Price, Quantity = order.Quantity, Head = node, Tail = node };
            Insert(~index, opened);
            return;
        }

        ref Level level = ref _levels[index];
        queues.LinkAfter(level.Tail, node);
        level.Tail = node;
        level.Quantity += order.Quantity;
    }

    public void Remove(OrderQueues queues, int node) => RemoveAt(IndexOf(queues[node].Price), queues, node);

    public void RemoveBestHead(OrderQueues queues) => RemoveAt(Count - 1, queues, BestHead);

    public void ReduceLevel(long price, long byQuantity) => _levels[IndexOf(price)].Quantity -= byQuantity;

    public void ReduceBest(long byQuantity) => _levels[Count - 1].Quantity -= byQuantity;

    private void RemoveAt(int index, OrderQueues queues, int node)
    {
        ref Level level = ref _levels[index];
        level.Quantity -= queues[node].Quantity;
        if (level.Head == node && level.Tail == node)
        {
            Invariant.Holds(level.Quantity == 0);
            Array.Copy(_levels, index + 1, _levels, index, Count - index - 1);
            Count--;
            return;
        }

        if (level.Head == node)
        {
            level.Head = queues.Next(node);
        }

        if (level.Tail == node)
        {
            level.Tail = queues.Previous(node);
        }

        queues.Unlink(node);
    }

    private void Insert(int index, Level level)
    {
        if (Count == _levels.Length)
        {
            Array.Resize(ref _levels, _levels.Length * 2);
        }

        Array.Copy(_levels, index, _levels, index + 1, Count - index);
        _levels[index] = level;
        Count++;
    }

    /// <summary>Where a price is, or the complement of where it belongs.</summary>
    private int IndexOf(long price)
    {
        int low = 0;
        int high = Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            long there = _levels[middle].Price;
            if (there == price)
            {
                return middle;
            }

            bool isWorse = side == BookSide.Bid ? there < price : there > price;
            (low, high) = isWorse ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    private struct Level
    {
        public long Price;
        public long Quantity;
        public int Head;
        public int Tail;
    }
}
