namespace Oms.Exchanges.Binance.Budget;

/// <summary>
/// What is used of one limit in its current window, never too little: what the exchange said it counted, and in full
/// what is on its way. Requests overtake each other, and so do answers: a lower count is believed only of a request
/// that was sent after the higher one was heard. Windows are aligned to the exchange's clock, which is known with an
/// error: what was on its way near the end of a window counts in the next one too. A request is known by its position:
/// how many had been sent when it was. Not safe for several threads.
/// </summary>
/// <param name="sent">How many had been sent when counting begins.</param>
internal sealed class UsageWindow(long lengthMs, long sent = 0)
{
    /// <summary>How wrong our reading of the exchange's clock may be, with the way there.</summary>
    public const long MarginMs = 100;

    private long _sent = sent;
    private long _told;

    /// <summary>How many had been sent when the exchange was last heard.</summary>
    private long _sentWhenTold = sent;

    // The window, which begins late, and the next one, which begins early.
    private long _window;
    private long _sentAtStart = sent;
    private long _nextWindow;
    private long _sentAtNext = sent;
    private long _sentAtNextBefore = sent;

    /// <summary>Answered since the next one began.</summary>
    private long _answeredInBoth;

    // Not answered: sent since the next one began, and before that; what is older is lost, and forgotten.
    private long _underWay;
    private long _underWayBefore;

    public long LengthMs => lengthMs;

    /// <summary>Until the next window has begun for certain.</summary>
    public static long ToNextMs(long lengthMs, long nowMs) => lengthMs - ((nowMs - MarginMs) % lengthMs);

    public long Used(long nowMs)
    {
        Advance(nowMs);
        return _told + _underWay + _underWayBefore;
    }

    /// <returns>The position of what is sent.</returns>
    public long Send(long amount, long nowMs)
    {
        Advance(nowMs);
        _underWay += amount;
        return ++_sent;
    }

    /// <summary>An answer came.</summary>
    /// <param name="counted">What the exchange may have counted for it; 0 for what it refused to count.</param>
    /// <param name="used">What it said that it counted in all; null where it did not say.</param>
    public void Answer(long position, long amount, long counted, long? used, long nowMs)
    {
        Advance(nowMs);
        if (position > _sentAtNext)
        {
            _underWay -= amount;
        }
        else if (position > _sentAtNextBefore)
        {
            _underWayBefore -= amount;
        }
        else
        {
            return;
        }

        _answeredInBoth += _window == _nextWindow ? 0 : counted;
        if (position <= _sentAtStart || used is null)
        {
            // What it says is of a window that may be over.
            _told += counted;
            return;
        }

        _told = position > _sentWhenTold ? used.Value : Math.Max(_told, used.Value);
        _sentWhenTold = _sent;
    }

    private void Advance(long nowMs)
    {
        long next = (nowMs + MarginMs) / lengthMs;
        if (next != _nextWindow)
        {
            _underWayBefore = next == _nextWindow + 1 ? _underWay : 0;
            (_underWay, _answeredInBoth) = (0, 0);
            (_sentAtNextBefore, _sentAtNext) = (next == _nextWindow + 1 ? _sentAtNext : _sent, _sent);
            _nextWindow = next;
        }

        long window = (nowMs - MarginMs) / lengthMs;
        if (window != _window)
        {
            (_window, _told, _sentAtStart, _sentWhenTold) = (window, _answeredInBoth, _sent, _sent);
        }
    }
}
