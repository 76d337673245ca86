using Oms.Engine.State;
using Oms.Simulation.Checks;
using Oms.Simulation.World;

namespace Oms.Simulation;

/// <summary>A run without faults that was played to its end, for checks to be shown what is wrong.</summary>
public class PlayedRun : IDisposable
{
    public PlayedRun()
        : this(Setting.Calm)
    {
    }

    private protected PlayedRun(Setting setting, ulong seed = 5)
    {
        Run = new(seed, setting);
        Run.Play();
        Inputs = ReplayDeterminism.Inputs(Run.Data, Run.FastPath.Parts.Head);
    }

    internal SimulatedRun Run { get; }

    internal List<byte[]> Inputs { get; }

    /// <summary>An engine in the state of the run, to be spoilt.</summary>
    internal Engine.Engine Engine() => IdempotentApplication.Copy(Run.FastPath.Engine);

    internal EngineState State() => Engine().State;

    public void Dispose()
    {
        Run.Dispose();
        GC.SuppressFinalize(this);
    }
}
