using Oms.Domain.Messages;

namespace Oms.Engine.Risk;

/// <summary>When an account placed its last orders, so that no window of time holds more than it may.
/// </summary>
internal sealed class OrderRate
{
    /// <summary>A limit above it holds as this one: what is remembered is bounded.</summary>
    public const int OrdersMax = 65_536;

    private long[] _times = [];
    private int _next;

    /// <summary>As many as a window may hold, 0 for those that were not yet placed.</summary>
    public ReadOnlySpan<long> Times => _times;

    /// <summary>Where the oldest is, which the next replaces.</summary>
    public int Next => _next;

    /// <summary>Follows the limits of an account; the orders that were placed still count.</summary>
    public void Resize(in LimitsDefined limits)
    {
        int length = Math.Clamp(limits.OrdersPerWindowMax, 0, OrdersMax);
        if (length == _times.Length)
        {
            return;
        }

        long[] times = new long[length];
        int kept = Math.Min(length, _times.Length);
        for (int newest = 1; newest <= kept; newest++)
        {
            int place = (_next - newest + _times.Length) % _times.Length;
            times[length - newest] = _times[place];
        }

        (_times, _next) = (times, 0);
    }

    /// <summary>Whether as many orders as a window may hold came within the last window.</summary>
    public bool IsUsedUp(long nowUnixNanos, long windowNanos) =>
        _times.Length > 0 && _times[_next] != 0 && nowUnixNanos - _times[_next] < windowNanos;

    public void Note(long nowUnixNanos)
    {
        if (_times.Length > 0)
        {
            _times[_next] = nowUnixNanos;
            _next = _next + 1 == _times.Length ? 0 : _next + 1;
        }
    }

    /// <summary>Sets what was saved.</summary>
    public void Restore(long[] times, int next) => (_times, _next) = (times, next);
}
