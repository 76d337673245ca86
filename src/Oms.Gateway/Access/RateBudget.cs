namespace Oms.Gateway.Access;

/// <summary>
/// So many a second, and those of one second at once: each taken moves the moment at which the budget is whole again,
/// which may be at most a second away. For any thread.
/// </summary>
internal sealed class RateBudget(int perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _ticksEach = Math.Max(1, time.TimestampFrequency / perSecond);
    private long _wholeAgainTicks;

    /// <summary>Takes one; false where there is none, and then after which time there is one again.</summary>
    public bool TryTake(out TimeSpan retryAfter)
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            long next = Math.Max(now, _wholeAgainTicks) + _ticksEach;
            long beyond = next - now - time.TimestampFrequency;
            if (beyond > 0)
            {
                retryAfter = time.GetElapsedTime(0, beyond);
                return false;
            }

            _wholeAgainTicks = next;
            retryAfter = TimeSpan.Zero;
            return true;
        }
    }
}
