namespace Oms.ExchangeSimulator.Binance;

/// <summary>The request weight that each address used in this minute of the clock.</summary>
internal sealed class WeightBudget(int limitPerMinute)
{
    private const long MinuteMs = 60_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _used = new(StringComparer.Ordinal);
    private long _minute;

    public int LimitPerMinute => limitPerMinute;

    /// <summary>Charges an address, unless it has nothing left.</summary>
    /// <returns>Whether the request may go on, and what is used by now.</returns>
    public (bool IsWithin, int Used) TryUse(string address, int weight, long nowMs)
    {
        lock (_gate)
        {
            Advance(nowMs);
            int used = _used.GetValueOrDefault(address);
            if (used + weight > limitPerMinute)
            {
                return (false, used);
            }

            _used[address] = used + weight;
            return (true, used + weight);
        }
    }

    /// <summary>Gives back what a successful order does not cost.</summary>
    public int GiveBack(string address, int weight, long nowMs)
    {
        lock (_gate)
        {
            Advance(nowMs);
            int used = Math.Max(0, _used.GetValueOrDefault(address) - weight);
            _used[address] = used;
            return used;
        }
    }

    public static long MsToNextMinute(long nowMs) => MinuteMs - (nowMs % MinuteMs);

    private void Advance(long nowMs)
    {
        if (nowMs / MinuteMs != _minute)
        {
            _minute = nowMs / MinuteMs;
            _used.Clear();
        }
    }
}
