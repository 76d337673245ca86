using Oms.FastPath;
using Oms.SharedMemory.Counters;

namespace Oms.Simulation.World;

/// <summary>Every place at which the duty cycle counts is one at which its process may die.</summary>
internal sealed class MortalMeter(CounterBoard board, Death death) : DutyMeter(board)
{
    public override void BatchTaken(ReadOnlySpan<byte> batch, long ticks)
    {
        base.BatchTaken(batch, ticks);
        death.Pass("appended, not committed");
    }

    public override void Done(LatencyStage stage)
    {
        base.Done(stage);
        death.Pass(stage switch
        {
            LatencyStage.Log => "committed, not acted on",
            LatencyStage.Decide => "decided, events not committed",
            LatencyStage.Publish => "published, ring not released",
            _ => "between stages",
        });
    }

    public override void Input(ReadOnlySpan<byte> input)
    {
        base.Input(input);
        death.Pass("applied, nothing said");
    }

    public override void Event(ReadOnlySpan<byte> message)
    {
        base.Event(message);
        death.Pass("event published");
    }

    public override void Request()
    {
        base.Request();
        death.Pass("before a request");
    }

    public override void CycleBegins(long ticks)
    {
        base.CycleBegins(ticks);
        death.Pass("between cycles");
    }
}
