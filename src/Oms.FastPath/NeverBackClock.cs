using Oms.Domain.Time;

namespace Oms.FastPath;

/// <summary>
/// The time that FastPath stamps: wall clock at the start, monotonic from then on, and never before what the
/// log has already seen: where the wall clock was put back since, it goes on from there.
/// </summary>
internal sealed class NeverBackClock(TimeProvider timeProvider)
{
    private readonly long _startTicks = timeProvider.GetTimestamp();
    private long _startUnixNanos = UnixNanos.Of(timeProvider.GetUtcNow()).Value;

    /// <summary>The machine's clocks.</summary>
    public TimeProvider TimeProvider => timeProvider;

    /// <summary>Unix nanoseconds, never smaller than any before.</summary>
    public long Now() => Now(out _);

    /// <inheritdoc cref="Now()"/>
    /// <param name="ticks">The monotonic clock at the same moment, nanoseconds.</param>
    public long Now(out long ticks)
    {
        // Its ticks are nanoseconds on Linux.
        ticks = timeProvider.GetTimestamp();
        return _startUnixNanos + (ticks - _startTicks);
    }

    /// <summary>Goes on from a moment, if it is not there yet. It never stands: what is due would wait.</summary>
    public void NotBefore(long unixNanos) => _startUnixNanos += Math.Max(0, unixNanos - Now());
}
