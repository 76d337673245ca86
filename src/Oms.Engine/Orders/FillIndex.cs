using Oms.Domain.Ids;

namespace Oms.Engine.Orders;

/// <summary>
/// Remembers which trades are booked, by (account, instrument, trade id), so that the same trade by stream,
/// query, reply, or after a restart, books once. The oldest is forgotten first, but none of an order that is
/// still live: its trades are asked for again at every reconnection.
/// </summary>
/// <param name="fillsRememberedMax">More only while more are of live orders.</param>
internal sealed class FillIndex(int fillsRememberedMax, OrderStore orders)
{
    /// <summary>Old fills looked at for each new one: the index shrinks back faster than it grows.</summary>
    private const int LooksMax = 8;

    private readonly HashSet<FillKey> _booked = new(fillsRememberedMax);
    private readonly Queue<Fill> _order = new(fillsRememberedMax);
    private int _fillsRememberedMax = fillsRememberedMax;

    /// <summary>Makes room for more fills.</summary>
    public void Grow(int fillsRememberedMax)
    {
        _fillsRememberedMax = fillsRememberedMax;
        _ = _booked.EnsureCapacity(fillsRememberedMax);
        _ = _order.EnsureCapacity(fillsRememberedMax);
    }

    /// <summary>False when the trade is booked already.</summary>
    public bool TryAdd(ref readonly OrderState order, long tradeId)
    {
        var key = new FillKey(order.AccountId, order.InstrumentId, tradeId);
        if (_booked.Contains(key))
        {
            return false;
        }

        ForgetOldest();
        _ = _booked.Add(key);
        _order.Enqueue(new(key, order.OrderId));
        return true;
    }

    /// <summary>The trade ids, oldest first.</summary>
    public IEnumerable<long> TradeIds => _order.Select(fill => fill.Key.TradeId);

    private void ForgetOldest()
    {
        for (int looks = 0; looks < LooksMax && _order.Count >= _fillsRememberedMax; looks++)
        {
            Fill oldest = _order.Dequeue();
            if (IsLive(oldest.OrderId))
            {
                _order.Enqueue(oldest);
            }
            else
            {
                _ = _booked.Remove(oldest.Key);
            }
        }
    }

    private bool IsLive(OrderId id) => orders.TryFind(id, out int slot) && !orders[slot].IsFinal;

    private readonly record struct FillKey(AccountId Account, InstrumentId Instrument, long TradeId);

    private readonly record struct Fill(FillKey Key, OrderId OrderId);
}
