namespace Oms.Simulation.World;

/// <summary>The clocks as a process reads them that may die while it does.</summary>
internal sealed class ProcessTime(VirtualTime time, Death death) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp()
    {
        if (death.DoesClockCount)
        {
            death.Pass("clock");
        }

        return time.Ticks;
    }

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();
}
