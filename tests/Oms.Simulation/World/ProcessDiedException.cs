namespace Oms.Simulation.World;

/// <summary>The simulated process is dead from here on: nothing of it runs any more.</summary>
internal sealed class ProcessDiedException(string place) : Exception($"died at {place}")
{
    public string Place => place;
}
