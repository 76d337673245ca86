namespace Oms.Simulation.World;

/// <summary>A run in which something did not hold.</summary>
internal sealed class RunFailedException(ulong seed, int step, Exception problem)
    : Exception($"seed {seed}, step {step}: {problem.Message}", problem);
