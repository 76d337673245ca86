namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// Counts an account's new orders in windows aligned to the clock. The first fill of an order gives some
/// back: one to a taker, five to a maker. Cancels and expiries give nothing back.
/// </summary>
internal sealed class UnfilledOrderCount(OrderCountLimits limits)
{
    private const long ShortWindowMs = 10_000;
    private const int TakerCredit = 1;
    private const int MakerCredit = 5;

    private long _shortWindow;
    private long _longWindow;
    private int _shortCount;
    private int _longCount;
    private int? _inBatch;

    public OrderCountLimits Limits => limits;

    public int Per10Seconds(long nowMs)
    {
        Advance(nowMs);
        return _shortCount;
    }

    public int PerLongWindow(long nowMs)
    {
        Advance(nowMs);
        return _longCount;
    }

    /// <param name="orders">How many are to come at once.</param>
    public RefusalReason Check(long nowMs, int orders = 1)
    {
        Advance(nowMs);
        if (_shortCount > limits.Per10Seconds - orders)
        {
            return RefusalReason.TooManyOrdersPer10Seconds;
        }

        int more = _inBatch > 0 ? 0 : orders;
        return _longCount > limits.PerLongWindow - more ? RefusalReason.TooManyOrdersPerDay : RefusalReason.None;
    }

    public void Add(long nowMs)
    {
        Advance(nowMs);
        _shortCount++;
        _longCount += _inBatch > 0 ? 0 : 1;
        _inBatch++;
    }

    /// <summary>What is added meanwhile came in one request: the long window counts it as one.</summary>
    public T OfBatch<T>(Func<T> place)
    {
        _inBatch = 0;
        try
        {
            return place();
        }
        finally
        {
            _inBatch = null;
        }
    }

    public void GiveBackForFirstFill(bool isMaker, long nowMs)
    {
        if (!limits.DoFillsGiveBack)
        {
            return;
        }

        Advance(nowMs);
        int credit = isMaker ? MakerCredit : TakerCredit;
        _shortCount = Math.Max(0, _shortCount - credit);
        _longCount = Math.Max(0, _longCount - credit);
    }

    private void Advance(long nowMs)
    {
        if (nowMs / ShortWindowMs != _shortWindow)
        {
            (_shortWindow, _shortCount) = (nowMs / ShortWindowMs, 0);
        }

        if (nowMs / limits.LongWindowMs != _longWindow)
        {
            (_longWindow, _longCount) = (nowMs / limits.LongWindowMs, 0);
        }
    }
}
