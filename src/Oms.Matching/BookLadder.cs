using System.Runtime.CompilerServices;
using Oms.Domain;

namespace Oms.Matching;

/// <summary>
/// The orders of one side and their levels. Inside, a price is a key that orders both sides best first: an
/// ask's price itself, a bid's price with all bits flipped. What the window has a slot for is in the window,
/// everything else is among the sparse levels; the window follows the best price.
/// </summary>
internal sealed unsafe class BookLadder
{
    private readonly OrderPool _pool;
    private readonly SparseLevels _sparse = new();
    private readonly BookSide _side;
    private readonly long _flip;
    private PriceWindow _window;
    private long _bestKey = long.MaxValue;
    private int _icebergCount;
    private int _openedOutsideCount;

    public BookLadder(OrderPool pool, BookSide side, int windowLevels, long step)
    {
        _pool = pool;
        _side = side;
        _flip = side == BookSide.Bid ? -1 : 0;
        _window = new PriceWindow(windowLevels);
        _window.SetStep(step);
    }

    /// <summary>How many orders rest.</summary>
    public int OrderCount { get; private set; }

    public int LevelCount => _window.OccupiedCount + _sparse.Count;

    /// <summary>How many levels the window has no slot for.</summary>
    public int SearchedLevelCount => _sparse.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long KeyOf(long price) => price ^ _flip;

    public long PriceOf(long key) => key ^ _flip;

    /// <summary>Whether an arriving order that goes as far as this key meets an order here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsReachedBy(long limitKey) => _bestKey <= limitKey && OrderCount > 0;

    /// <summary>The best level; the side is not empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Level* BestLevel()
    {
        ulong slot = _window.SlotOf(_bestKey);
        return _window.Has(slot) ? _window.At(slot) : OccupiedOutside(_bestKey);
    }

    /// <summary>The level of a key; null when nothing rests there.</summary>
    public Level* Find(long key)
    {
        ulong slot = _window.SlotOf(key);
        if (!_window.Has(slot))
        {
            return _sparse.Find(key);
        }

        Level* level = _window.At(slot);
        return level->Quantity > 0 ? level : null;
    }

    /// <summary>The best level and its key; false when the side is empty.</summary>
    public bool TryFindBest(out long key, out Level* level)
    {
        key = _bestKey;
        level = OrderCount > 0 ? BestLevel() : null;
        return level is not null;
    }

    /// <summary>The best level beyond a key; false when there is none.</summary>
    public bool TryFindAfter(long key, out long found, out Level* level)
    {
        found = long.MaxValue;
        level = null;
        if (key == long.MaxValue)
        {
            return false;
        }

        int slot = _window.OccupiedFrom(_window.SlotAfter(key));
        if (slot < _window.Length)
        {
            found = _window.KeyOf(slot);
            level = _window.At((ulong)slot);
        }

        if (_sparse.TryFindFrom(key + 1, out long sparseKey, out Level* sparseLevel)
            && (level is null || sparseKey < found))
        {
            found = sparseKey;
            level = sparseLevel;
        }

        return level is not null;
    }

    /// <summary>Rests a new order.</summary>
    /// <returns>Its index in the pool.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Enter(long orderId, long price, long shown, OrderOwner owner)
    {
        int index = _pool.Rent();
        OrderNode* nodes = _pool.Nodes;
        OrderNode* node = OrderNode.At(nodes, index);
        node->OrderId = orderId;
        node->Price = price;
        node->Shown = shown;
        *_pool.OwnerAt(index) = owner;
        Append(nodes, index);
        OrderCount++;
        return index;
    }

    /// <summary>Makes an order that rests an iceberg.</summary>
    public void Hide(int index, long hidden, long peak)
    {
        *_pool.ReserveAt(index) = new IcebergReserve { Hidden = hidden, Peak = peak };
        _icebergCount++;
    }

    /// <summary>What an order hides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long HiddenOf(int index) => _icebergCount == 0 ? 0 : _pool.ReserveAt(index)->Hidden;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OrderNode* NodeAt(int index) => OrderNode.At(_pool.Nodes, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OrderOwner OwnerAt(int index) => *_pool.OwnerAt(index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OrderHandle HandleOf(int index) => new(index, _side);

    public RestingOrder Read(int index)
    {
        OrderNode* node = OrderNode.At(_pool.Nodes, index);
        IcebergReserve* reserve = _pool.ReserveAt(index);
        RestingOrder order = new(
            node->OrderId, _side, node->Price, node->Shown, reserve->Hidden, reserve->Peak, OwnerAt(index));
        GC.KeepAlive(_pool);
        return order;
    }

    /// <summary>Takes an order out of the book.</summary>
    /// <returns>All that was left of it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long TakeOut(int index)
    {
        OrderNode* nodes = _pool.Nodes;
        OrderNode* node = OrderNode.At(nodes, index);
        long quantity = node->Shown + HiddenOf(index);
        long key = KeyOf(node->Price);
        ulong slot = _window.SlotOf(key);
        Level* level = _window.Has(slot) ? _window.At(slot) : OccupiedOutside(key);
        Level.Remove(level, nodes, index);
        Forget(node, index);
        if (level->Quantity == 0)
        {
            Close(key, slot);
        }

        return quantity;
    }

    /// <summary>
    /// Takes the oldest order of the best level out, which the caller closes when it is left empty.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void TakeOutHead(Level* best)
    {
        int index = best->Head;
        OrderNode* node = OrderNode.At(_pool.Nodes, index);
        Level.RemoveHead(best, node);
        Forget(node, index);
    }

    /// <summary>
    /// Takes from an order, which has more, what it hides first. It stays where it is in its queue.
    /// </summary>
    public void Reduce(int index, long byQuantity)
    {
        OrderNode* node = OrderNode.At(_pool.Nodes, index);
        IcebergReserve* reserve = _pool.ReserveAt(index);
        long fromHidden = Math.Min(byQuantity, reserve->Hidden);
        long fromShown = byQuantity - fromHidden;
        Level* level = Find(KeyOf(node->Price));
        Invariant.Holds(level is not null && fromShown < node->Shown);
        reserve->Hidden -= fromHidden;
        node->Shown -= fromShown;
        level->Quantity -= fromShown;
    }

    /// <summary>
    /// The iceberg at the head of a level, of which all that it showed has just traded, shows anew behind the
    /// others.
    /// </summary>
    public void Replenish(Level* level)
    {
        int index = level->Head;
        OrderNode* node = OrderNode.At(_pool.Nodes, index);
        IcebergReserve* reserve = _pool.ReserveAt(index);
        long shown = Math.Min(reserve->Peak, reserve->Hidden);
        Invariant.Holds(shown > 0);
        Level.RemoveHead(level, node);
        node->Shown = shown;
        reserve->Hidden -= shown;
        Level.Append(level, _pool.Nodes, index);
    }

    /// <summary>Forgets the best level, which is empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CloseBest() => Close(_bestKey, _window.SlotOf(_bestKey));

    /// <summary>Makes the window for prices at another distance.</summary>
    public void SetStep(long step)
    {
        for (int slot = _window.OccupiedFrom(0); slot < _window.Length; slot = _window.OccupiedFrom(slot))
        {
            MoveOut(slot);
        }

        _window.SetStep(step);
        if (OrderCount > 0)
        {
            MoveWindow(_bestKey);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(OrderNode* nodes, int index)
    {
        long key = KeyOf(OrderNode.At(nodes, index)->Price);
        ulong slot = _window.SlotOf(key);
        Level* level;
        if (_window.Has(slot))
        {
            level = _window.At(slot);
            _window.Mark(slot);
        }
        else
        {
            level = OpenOutside(key);
        }

        Level.Append(level, nodes, index);
        _bestKey = Math.Min(_bestKey, key);
    }

    /// <summary>Gives the node of an order back that is in no queue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Forget(OrderNode* node, int index)
    {
        OrderCount--;
        if (_icebergCount > 0)
        {
            ForgetReserve(index);
        }

        _pool.Release(node, index);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ForgetReserve(int index)
    {
        IcebergReserve* reserve = _pool.ReserveAt(index);
        if (reserve->Peak > 0)
        {
            *reserve = default;
            _icebergCount--;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Close(long key, ulong slot)
    {
        if (_window.Has(slot))
        {
            _window.Unmark(slot);
        }
        else
        {
            _sparse.Close(key);
        }

        if (key == _bestKey)
        {
            long best = _window.IsEmpty ? long.MaxValue : _window.KeyOf(_window.BestSlot);
            _bestKey = Math.Min(best, _sparse.FirstKey);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Level* OccupiedOutside(long key)
    {
        Level* level = _sparse.Find(key);
        Invariant.Holds(level is not null);
        return level;
    }

    /// <summary>
    /// Opens a level that the window has no slot for. If the window is away from the best price it moves
    /// there first, once as many levels were opened beside it as moving may touch: so that each of them bears
    /// little.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Level* OpenOutside(long key)
    {
        int touchedMax = _window.IsEmpty ? _sparse.Count : Math.Max(_window.Length, _sparse.Count);
        if (_openedOutsideCount >= touchedMax)
        {
            _openedOutsideCount = 0;
            long bestKey = Math.Min(key, _bestKey);
            if (!_window.IsAround(bestKey))
            {
                MoveWindow(bestKey);
            }
        }

        ulong slot = _window.SlotOf(key);
        if (!_window.Has(slot))
        {
            _openedOutsideCount++;
            return _sparse.Open(key);
        }

        _window.Mark(slot);
        return _window.At(slot);
    }

    private void MoveWindow(long bestKey)
    {
        long lowestKey = _window.LowestKeyAround(bestKey, gridKey: KeyOf(0));
        for (int slot = _window.OccupiedFrom(0); slot < _window.Length; slot = _window.OccupiedFrom(slot + 1))
        {
            if (!_window.IsKeptByMove(slot, lowestKey))
            {
                MoveOut(slot);
            }
        }

        _window.MoveTo(lowestKey);
        long from = lowestKey;
        while (_sparse.TryFindFrom(from, out long key, out Level* level) && key <= _window.HighestKey)
        {
            ulong slot = _window.SlotOf(key);
            if (_window.Has(slot))
            {
                *_window.At(slot) = *level;
                _window.Mark(slot);
                _sparse.Close(key);
            }

            if (key == _window.HighestKey)
            {
                break;
            }

            from = key + 1;
        }
    }

    /// <summary>Moves a level from the window to the sparse ones.</summary>
    private void MoveOut(int slot)
    {
        Level* level = _window.At((ulong)slot);
        *_sparse.Open(_window.KeyOf(slot)) = *level;
        *level = default;
        _window.Unmark((ulong)slot);
    }
}
