using Oms.Domain.Messages;
using Oms.Simulation.Checks;

namespace Oms.Simulation.World;

/// <summary>The ten invariants, each where it can be checked: at every step, at rest, at the end.</summary>
internal sealed class Checkers(SimulatedRun run, Dice dice)
{
    private const int StepsPerCheck = 16;
    private const int StepsPerReplay = 700;

    private readonly FillConservation _fills = new(run.Exchange.Orders);
    private readonly IdempotentApplication _lives = new();
    private int _heard;

    public void AtStep()
    {
        for (; _heard < run.History.Events.Count; _heard++)
        {
            byte[] said = run.History.Events[_heard];
            if (MessageBytes.Header(said).Kind == MessageKind.ExecutionReport)
            {
                ref readonly ExecutionReport report = ref MessageBytes.As<ExecutionReport>(said);
                _fills.Hear(in report);
                _lives.Hear(in report);
            }
        }

        if (run.Step % StepsPerCheck == 0)
        {
            LedgerZeroSum.Check(run.Exchange);
            ExposureBound.Check(run.Exchange.Orders, Venue.PositionMaxAmount);
            NoDuplicateOrder.Check(run.Exchange.Orders, run.History);
        }

        if (!run.FastPath.IsUp)
        {
            return;
        }

        NoLostOrder.Check(run.Exchange.Open, run.FastPath.Engine.State);
        if (run.Step % StepsPerCheck == 0)
        {
            LedgerZeroSum.Check(run.FastPath.Engine.View.LedgerSum);
        }

        if (run.Step % StepsPerReplay == 0)
        {
            ReplayDeterminism.Check(run.Data, run.FastPath.Parts.Head, run.FastPath.Engine.View.StateHash());
        }
    }

    /// <summary>Faults stopped, and nothing happens any more.</summary>
    public void AtRest()
    {
        Convergence.Check(run.FastPath.Engine.State, run.Exchange);
        _fills.CheckEnd(run.FastPath.Engine.State);
        NoLostOrder.CheckEnd(run.Exchange.Orders, run.History, run.FastPath.Engine.State);
    }

    /// <summary>No order lives any more.</summary>
    public void AtEnd()
    {
        _fills.CheckEnd(run.FastPath.Engine.State);
        ExposureBound.CheckEnd(run.FastPath.Engine.State);
        SafetyGates.Check(run.Exchange.Orders, run.History);
        ReplayDeterminism.Check(run.Data, run.FastPath.Parts.Head, run.FastPath.Engine.View.StateHash());
        List<byte[]> inputs = ReplayDeterminism.Inputs(run.Data, run.FastPath.Parts.Head);
        AccountIsolation.Check(inputs, dice.Pick(["alone", "pair", "wild"]));
        IdempotentApplication.CheckEnd(run.FastPath.Engine, inputs, dice);
        run.FastPath.Parts.Copier.Drain();
        string copy = Path.Combine(run.Data.Path, "copy");
        ReplayDeterminism.CheckFlippedByte(run.Data.Log, copy, dice);
        ReplayDeterminism.CheckTornTail(run.Data.Log, copy, dice);
    }
}
