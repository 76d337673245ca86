using Oms.Domain.Time;

namespace Oms.FastPath.Tests;

public sealed class NeverBackClockTests
{
    private readonly Clocks _clocks = new();

    [Fact]
    public void A_wall_clock_that_is_put_changes_nothing_while_it_runs()
    {
        var clock = new NeverBackClock(_clocks);
        long began = clock.Now();
        _clocks.Wall -= TimeSpan.FromHours(1);
        _clocks.Ticks += 5;
        Assert.Equal(began + 5, clock.Now(out long ticks));
        Assert.Equal(_clocks.Ticks, ticks);
    }

    [Fact]
    public void Behind_a_log_that_is_ahead_time_goes_on_from_there_and_does_not_stand()
    {
        var clock = new NeverBackClock(_clocks);
        long logged = clock.Now() + UnixNanos.PerSecond;
        clock.NotBefore(logged);
        Assert.Equal(logged, clock.Now());
        _clocks.Ticks += 7;
        Assert.Equal(logged + 7, clock.Now());
    }

    [Fact]
    public void A_log_of_the_past_changes_nothing()
    {
        var clock = new NeverBackClock(_clocks);
        long began = clock.Now();
        clock.NotBefore(began - UnixNanos.PerSecond);
        Assert.Equal(began, clock.Now());
    }

    private sealed class Clocks : TimeProvider
    {
        public long Ticks { get; set; } = 1_000;

        public DateTimeOffset Wall { get; set; } = DateTimeOffset.UnixEpoch.AddYears(55);

        public override long GetTimestamp() => Ticks;

        public override DateTimeOffset GetUtcNow() => Wall;
    }
}
