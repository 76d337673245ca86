using Oms.Domain.Time;

namespace Oms.Simulation.World;

/// <summary>The clocks of the simulated machine: a monotonic one, and a wall clock that can be put.</summary>
internal sealed class VirtualTime : TimeProvider
{
    /// <summary>Some seconds before midnight UTC, so that runs see a day begin.</summary>
    private long _wallUnixNanos = 1_700_006_392 * UnixNanos.PerSecond;

    /// <summary>Nanoseconds since some moment before the run.</summary>
    public long Ticks { get; private set; } = 1_000 * UnixNanos.PerSecond;

    public override long TimestampFrequency => UnixNanos.PerSecond;

    public override long GetTimestamp() => Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_wallUnixNanos / 100);

    public void Advance(long nanos)
    {
        Ticks += nanos;
        _wallUnixNanos += nanos;
    }

    public void StepWall(long nanos) => _wallUnixNanos += nanos;
}
