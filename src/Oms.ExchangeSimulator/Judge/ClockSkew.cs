namespace Oms.ExchangeSimulator.Judge;

/// <summary>
/// By how much the clock that the exchange shows, and holds timestamps against, is ahead of the one by which it
/// writes down what happened.
/// </summary>
internal sealed class ClockSkew
{
    private readonly Lock _gate = new();
    private long _skewMs;
    private long _untilMs;

    /// <param name="untilMs">By the exchange's own clock.</param>
    public void Set(long skewMs, long untilMs)
    {
        lock (_gate)
        {
            (_skewMs, _untilMs) = (skewMs, untilMs);
        }
    }

    /// <summary>What the clock shows.</summary>
    public long Of(long nowMs)
    {
        lock (_gate)
        {
            return nowMs < _untilMs ? nowMs + _skewMs : nowMs;
        }
    }
}
