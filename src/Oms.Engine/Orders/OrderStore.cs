using Oms.Domain;
using Oms.Domain.Ids;

namespace Oms.Engine.Orders;

/// <summary>
/// The orders that the engine holds: all live ones, and final ones for as long as there is room, the longest
/// final leaving first. Everything is allocated ahead of need.
/// </summary>
internal sealed class OrderStore
{
    private readonly SlotIndex _byOrderId = new();
    private readonly SlotIndex _byClientOrderId = new();
    private readonly SlotIndex _byExchangeOrderId = new();
    private OrderState[] _slots = [];
    private int[] _free = [];
    private int[] _final = [];
    private int _freeCount;
    private int _finalHead;

    /// <summary>Makes room for more orders.</summary>
    public void Grow(int ordersHeldMax)
    {
        int before = _slots.Length;
        Array.Resize(ref _slots, ordersHeldMax);
        Array.Resize(ref _free, ordersHeldMax);
        _final = FinalOldestFirst(ordersHeldMax);
        _finalHead = 0;
        _byOrderId.Grow(ordersHeldMax);
        _byClientOrderId.Grow(ordersHeldMax);
        _byExchangeOrderId.Grow(ordersHeldMax);
        for (int slot = ordersHeldMax - 1; slot >= before; slot--)
        {
            _free[_freeCount++] = slot;
        }
    }

    public int Capacity => _slots.Length;

    public int FinalCount { get; private set; }

    /// <summary>Orders that are not final.</summary>
    public int LiveCount => _slots.Length - _freeCount - FinalCount;

    /// <summary>Slots that hold no order, in the order in which they will be taken from the end.</summary>
    public ReadOnlySpan<int> FreeSlots => _free.AsSpan(0, _freeCount);

    public ref OrderState this[int slot] => ref _slots[slot];

    /// <summary>Whether that many more orders can be held.</summary>
    public bool HasRoomFor(int count) => _freeCount + FinalCount >= count;

    public bool TryFind(OrderId id, out int slot)
    {
        slot = id.IsNone ? -1 : _byOrderId.Find(Hashing.Of(id), new HasOrderId(_slots, id));
        return slot >= 0;
    }

    public bool TryFind(AccountId account, in ClientOrderId clientOrderId, out int slot)
    {
        slot = _byClientOrderId.Find(
            Hashing.Of(account, in clientOrderId), new HasClientOrderId(_slots, account, in clientOrderId));
        return slot >= 0;
    }

    /// <summary>Finds an order that came from elsewhere by the exchange's number of it.</summary>
    public bool TryFindExternal(
        AccountId account, InstrumentId instrument, long exchangeOrderId, out int slot)
    {
        slot = _byExchangeOrderId.Find(
            Hashing.Of(exchangeOrderId, instrument.Value),
            new HasExchangeOrderId(_slots, account, instrument, exchangeOrderId));
        return slot >= 0;
    }

    /// <summary>
    /// The slot of a new order, all zeros: the caller writes it, and then <see cref="Hold"/>s it.
    /// </summary>
    public int Take()
    {
        Invariant.Holds(HasRoomFor(1));
        if (_freeCount == 0)
        {
            Forget(TakeOldestFinal());
            FetchNextToForget();
        }

        return _free[--_freeCount];
    }

    /// <summary>Lets an order that was just written be found. Its client order id is not held for its account.
    /// </summary>
    public void Hold(int slot) => AddToIndexes(slot);

    /// <summary>The order became final: it may leave when room is needed.</summary>
    public void MarkFinal(int slot)
    {
        Invariant.Holds(_slots[slot].IsFinal);
        _final[(int)(((long)_finalHead + FinalCount) % _final.Length)] = slot;
        FinalCount++;
    }

    /// <summary>The slot of a final order; 0 is the longest final.</summary>
    public int FinalSlot(int index) => _final[(int)(((long)_finalHead + index) % _final.Length)];

    /// <summary>Sets what was saved: the orders are in their slots.</summary>
    public void Restore(ReadOnlySpan<int> freeSlots, ReadOnlySpan<int> finalSlots)
    {
        freeSlots.CopyTo(_free);
        finalSlots.CopyTo(_final);
        (_freeCount, FinalCount, _finalHead) = (freeSlots.Length, finalSlots.Length, 0);
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            if (!_slots[slot].OrderId.IsNone)
            {
                AddToIndexes(slot);
            }
        }
    }

    private int[] FinalOldestFirst(int capacity)
    {
        int[] ordered = new int[capacity];
        for (int index = 0; index < FinalCount; index++)
        {
            ordered[index] = FinalSlot(index);
        }

        return ordered;
    }

    /// <summary>The longest final one that nothing hangs on; the longest final where something hangs on all.
    /// </summary>
    private int TakeOldestFinal()
    {
        for (int others = FinalCount - 1; others > 0 && IsNeeded(in _slots[_final[_finalHead]]); others--)
        {
            int needed = TakeFirstFinal();
            _final[(int)(((long)_finalHead + FinalCount) % _final.Length)] = needed;
            FinalCount++;
        }

        return TakeFirstFinal();
    }

    /// <summary>Through a child that ended, its first order finds the other child.</summary>
    private bool IsNeeded(in OrderState order) =>
        order.Has(OrderMarks.Child) && TryFind(order.ParentId, out int parent) && !_slots[parent].IsFinal;

    private int TakeFirstFinal()
    {
        int slot = _final[_finalHead];
        _finalHead = _finalHead + 1 == _final.Length ? 0 : _finalHead + 1;
        FinalCount--;
        return slot;
    }

    /// <summary>
    /// Orders that are forgotten have not been touched for long: the next ones are brought near while there is
    /// other work.
    /// </summary>
    private void FetchNextToForget()
    {
        if (FinalCount > 2)
        {
            Prefetch.Lines(ref _slots[FinalSlot(1)]);
            _byClientOrderId.Fetch(_slots[FinalSlot(0)].ClientOrderIdHash);
        }
    }

    private void AddToIndexes(int slot)
    {
        ref OrderState order = ref _slots[slot];
        _byOrderId.Add(Hashing.Of(order.OrderId), slot);
        order.ClientOrderIdHash = Hashing.Of(order.AccountId, in order.ClientOrderId);
        _byClientOrderId.Add(order.ClientOrderIdHash, slot);
        if (order.Origin == Domain.Orders.OrderOrigin.External)
        {
            _byExchangeOrderId.Add(Hashing.Of(order.ExchangeOrderId, order.InstrumentId.Value), slot);
        }
    }

    private void Forget(int slot)
    {
        ref OrderState order = ref _slots[slot];
        _byOrderId.Remove(Hashing.Of(order.OrderId), slot);
        _byClientOrderId.Remove(order.ClientOrderIdHash, slot);
        if (order.Origin == Domain.Orders.OrderOrigin.External)
        {
            _byExchangeOrderId.Remove(Hashing.Of(order.ExchangeOrderId, order.InstrumentId.Value), slot);
        }

        order = default;
        _free[_freeCount++] = slot;
    }

    private readonly struct HasOrderId(OrderState[] slots, OrderId id) : ISlotMatch
    {
        public bool IsAt(int slot) => slots[slot].OrderId == id;
    }

    private readonly ref struct HasClientOrderId(
        OrderState[] slots, AccountId account, ref readonly ClientOrderId id) : ISlotMatch
    {
        private readonly ref readonly ClientOrderId _id = ref id;

        public bool IsAt(int slot) => slots[slot].AccountId == account && slots[slot].ClientOrderId == _id;
    }

    private readonly struct HasExchangeOrderId(
        OrderState[] slots, AccountId account, InstrumentId instrument, long id) : ISlotMatch
    {
        public bool IsAt(int slot) => slots[slot].ExchangeOrderId == id
            && slots[slot].AccountId == account
            && slots[slot].InstrumentId == instrument;
    }
}
