namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// The volume-weighted price of the last minutes' trades; the last price when they had none.
/// </summary>
internal sealed class AveragePrice(int minutes)
{
    private readonly Queue<PublicTrade> _recent = new();
    private Int128 _notional;
    private Int128 _quantity;
    private long _lastPrice;

    public void Add(in PublicTrade trade)
    {
        _recent.Enqueue(trade);
        _notional += (Int128)trade.Price * trade.Quantity;
        _quantity += trade.Quantity;
        _lastPrice = trade.Price;
        Drop(trade.TimeMs);
    }

    /// <summary>0 before the first trade.</summary>
    public long At(long nowMs)
    {
        Drop(nowMs);
        return _quantity > 0 ? (long)(_notional / _quantity) : _lastPrice;
    }

    private void Drop(long nowMs)
    {
        while (_recent.TryPeek(out PublicTrade oldest) && oldest.TimeMs < nowMs - (minutes * 60_000L))
        {
            _ = _recent.Dequeue();
            _notional -= (Int128)oldest.Price * oldest.Quantity;
            _quantity -= oldest.Quantity;
        }
    }
}
