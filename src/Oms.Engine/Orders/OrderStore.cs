using Oms.Domain;
using Oms.Domain.Ids;

namespace Oms.Engine.Orders;

/// <summary>
/// The orders that the engine holds: all live ones, and final ones for as long as there is room, the longest
/// final leaving first. Slots are allocated ahead of need.
/// </summary>
internal sealed class OrderStore
{
    private OrderState[] _slots;
    private readonly Dictionary<long, int> _byOrderId;
    private readonly Dictionary<ClientKey, int> _byClientOrderId;
    private readonly Queue<int> _final;
    private readonly Stack<int> _free;

    public OrderStore(int ordersHeldMax)
    {
        _slots = new OrderState[ordersHeldMax];
        _byOrderId = new(ordersHeldMax);
        _byClientOrderId = new(ordersHeldMax);
        _final = new(ordersHeldMax);
        _free = new(Enumerable.Range(0, ordersHeldMax).Reverse());
    }

    /// <summary>Makes room for more orders.</summary>
    public void Grow(int ordersHeldMax)
    {
        int before = _slots.Length;
        Array.Resize(ref _slots, ordersHeldMax);
        _ = _byOrderId.EnsureCapacity(ordersHeldMax);
        _ = _byClientOrderId.EnsureCapacity(ordersHeldMax);
        _ = _final.EnsureCapacity(ordersHeldMax);
        for (int slot = ordersHeldMax - 1; slot >= before; slot--)
        {
            _free.Push(slot);
        }
    }

    /// <summary>Orders that are not final.</summary>
    public int LiveCount => _slots.Length - _free.Count - _final.Count;

    /// <summary>Slots of final orders, the longest final first.</summary>
    public IEnumerable<int> FinalSlots => _final;

    /// <summary>Whether another order can be held.</summary>
    public bool HasRoom => _free.Count > 0 || _final.Count > 0;

    public ref OrderState this[int slot] => ref _slots[slot];

    public bool TryFind(OrderId id, out int slot) => _byOrderId.TryGetValue(id.Value, out slot);

    public bool TryFind(AccountId account, in ClientOrderId clientOrderId, out int slot) =>
        _byClientOrderId.TryGetValue(new(account, clientOrderId), out slot);

    /// <summary>Holds an order. Its client order id is not held for this account.</summary>
    public int Add(in OrderState order)
    {
        Invariant.Holds(HasRoom);
        if (_free.Count == 0)
        {
            Forget(_final.Dequeue());
        }

        int slot = _free.Pop();
        _slots[slot] = order;
        _byOrderId.Add(order.OrderId.Value, slot);
        _byClientOrderId.Add(new(order.AccountId, order.ClientOrderId), slot);
        return slot;
    }

    /// <summary>The order became final: it may leave when room is needed.</summary>
    public void MarkFinal(int slot)
    {
        Invariant.Holds(_slots[slot].IsFinal);
        _final.Enqueue(slot);
    }

    /// <summary>
    /// Slots of orders that are not final, in the order of their slots: the same in every replay.
    /// </summary>
    public IEnumerable<int> LiveSlots()
    {
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            if (!_slots[slot].OrderId.IsNone && !_slots[slot].IsFinal)
            {
                yield return slot;
            }
        }
    }

    private void Forget(int slot)
    {
        ref OrderState order = ref _slots[slot];
        Invariant.Holds(_byOrderId.Remove(order.OrderId.Value));
        Invariant.Holds(_byClientOrderId.Remove(new(order.AccountId, order.ClientOrderId)));
        order = default;
        _free.Push(slot);
    }

    private readonly record struct ClientKey(AccountId Account, ClientOrderId ClientOrderId);
}
