namespace Oms.Engine.Orders;

/// <summary>
/// The live orders of an account, linked through their slots in the order in which they came.
/// </summary>
internal struct LiveOrders
{
    public const int None = -1;

    // One more than the slot: zero is none, so that a new list is empty.
    private int _firstPlus1;
    private int _lastPlus1;

    public int Count { get; private set; }

    public readonly int First => _firstPlus1 - 1;

    public void Append(OrderStore orders, int slot)
    {
        ref OrderState order = ref orders[slot];
        order.NextLive = None;
        order.PreviousLive = _lastPlus1 - 1;
        if (_lastPlus1 == 0)
        {
            _firstPlus1 = slot + 1;
        }
        else
        {
            orders[_lastPlus1 - 1].NextLive = slot;
        }

        _lastPlus1 = slot + 1;
        Count++;
    }

    public void Remove(OrderStore orders, int slot)
    {
        ref OrderState order = ref orders[slot];
        if (order.PreviousLive == None)
        {
            _firstPlus1 = order.NextLive + 1;
        }
        else
        {
            orders[order.PreviousLive].NextLive = order.NextLive;
        }

        if (order.NextLive == None)
        {
            _lastPlus1 = order.PreviousLive + 1;
        }
        else
        {
            orders[order.NextLive].PreviousLive = order.PreviousLive;
        }

        Count--;
    }

    /// <summary>Sets what was saved.</summary>
    public void Restore(int first, int last, int count) =>
        (_firstPlus1, _lastPlus1, Count) = (first + 1, last + 1, count);

    public readonly int Last => _lastPlus1 - 1;
}
