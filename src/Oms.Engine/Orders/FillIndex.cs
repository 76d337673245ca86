using System.Runtime.InteropServices;
using Oms.Domain.Ids;
using Oms.Domain.Orders;

namespace Oms.Engine.Orders;

/// <summary>
/// Remembers which trades are booked, by (account, instrument, side, trade id), so that the same trade by
/// stream, query, reply, or after a restart, books once, and of a trade with oneself both sides. The oldest is
/// forgotten first, but none of an order that is still live: its trades are asked for again at every
/// reconnection.
/// </summary>
/// <remarks>Allocates only while more fills than it remembers are of live orders.</remarks>
internal sealed class FillIndex(OrderStore orders)
{
    /// <summary>Old fills looked at for each new one: the index shrinks back faster than it grows.</summary>
    private const int LooksMax = 8;

    private readonly SlotIndex _booked = new();
    private Fill[] _ring = [];
    private int _head;
    private int _fillsRememberedMax;

    public int Count { get; private set; }

    /// <summary>Makes room for more fills.</summary>
    public void Grow(int fillsRememberedMax)
    {
        _fillsRememberedMax = Math.Max(_fillsRememberedMax, fillsRememberedMax);
        Resize(_fillsRememberedMax + LooksMax);
    }

    /// <summary>False when the trade is booked already.</summary>
    public bool TryAdd(ref readonly OrderState order, long tradeId)
    {
        var fill = new Fill(order.OrderId, tradeId, order.AccountId, order.InstrumentId, order.Terms.Side);
        uint hash = HashOf(in fill);
        if (_booked.Find(hash, new IsSame(_ring, fill)) >= 0)
        {
            return false;
        }

        ForgetOldest();
        if (Count == _ring.Length)
        {
            Resize(_ring.Length * 2);
        }

        Append(in fill, hash);
        return true;
    }

    /// <summary>Whether a trade is booked already, whatever its order.</summary>
    public bool Has(AccountId account, InstrumentId instrument, Side side, long tradeId)
    {
        var fill = new Fill(OrderId.None, tradeId, account, instrument, side);
        return _booked.Find(HashOf(in fill), new IsSame(_ring, fill)) >= 0;
    }

    /// <summary>A remembered fill; 0 is the oldest.</summary>
    public ref readonly Fill this[int index] => ref _ring[PlaceOf(index)];

    /// <summary>Sets what was saved, oldest first.</summary>
    public void Restore(ReadOnlySpan<Fill> fills)
    {
        if (fills.Length > _ring.Length)
        {
            Resize(fills.Length);
        }

        foreach (ref readonly Fill fill in fills)
        {
            Append(in fill, HashOf(in fill));
        }
    }

    private static uint HashOf(in Fill fill) =>
        Hashing.Of(fill.TradeId, ((long)fill.Account.Value << 32) | fill.Instrument.Value);

    private int PlaceOf(int index) => (int)(((long)_head + index) % _ring.Length);

    private void Append(in Fill fill, uint hash)
    {
        int place = PlaceOf(Count++);
        _ring[place] = fill;
        _booked.Add(hash, place);
    }

    private void ForgetOldest()
    {
        for (int looks = 0; looks < LooksMax && Count >= _fillsRememberedMax && Count > 0; looks++)
        {
            Fill oldest = _ring[_head];
            uint hash = HashOf(in oldest);
            _booked.Remove(hash, _head);
            _head = PlaceOf(1);
            Count--;
            if (IsLive(oldest.OrderId))
            {
                Append(in oldest, hash);
            }
        }
    }

    private bool IsLive(OrderId id) => orders.TryFind(id, out int slot) && !orders[slot].IsFinal;

    private void Resize(int capacity)
    {
        var fills = new Fill[Count];
        for (int index = 0; index < fills.Length; index++)
        {
            fills[index] = this[index];
            _booked.Remove(HashOf(in fills[index]), PlaceOf(index));
        }

        _ring = new Fill[capacity];
        (_head, Count) = (0, 0);
        _booked.Grow(capacity);
        Restore(fills);
    }

    /// <summary>A booked trade and its order; saved as it lies, hence the side in a whole word.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    internal readonly record struct Fill(
        OrderId OrderId, long TradeId, AccountId Account, InstrumentId Instrument, long SideNumber)
    {
        public Fill(OrderId order, long tradeId, AccountId account, InstrumentId instrument, Side side)
            : this(order, tradeId, account, instrument, (long)side)
        {
        }
    }

    private readonly struct IsSame(Fill[] ring, Fill fill) : ISlotMatch
    {
        public bool IsAt(int slot) => ring[slot].TradeId == fill.TradeId
            && ring[slot].Account == fill.Account
            && ring[slot].Instrument == fill.Instrument
            && ring[slot].SideNumber == fill.SideNumber;
    }
}
