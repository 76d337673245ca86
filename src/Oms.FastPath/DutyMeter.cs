using System.Diagnostics;
using Oms.Domain.Messages;
using Oms.SharedMemory.Counters;

namespace Oms.FastPath;

/// <summary>
/// Counts what the duty cycle does. Stages are timed in one batch of sixteen: each look at the clock costs as much as
/// a fifth of an order. A simulation ends the process at any of these places.
/// </summary>
internal class DutyMeter(CounterBoard board)
{
    private const int BatchesPerSample = 16;

    private int _batches;
    private long _stageTicks;
    private long _cycleTicks;

    /// <summary>A batch was taken in.</summary>
    public virtual void BatchTaken(ReadOnlySpan<byte> batch, long ticks)
    {
        _stageTicks = ++_batches % BatchesPerSample == 0 ? ticks : 0;
        if (_stageTicks != 0 && OfferedTicks(batch) is > 0 and { } offered)
        {
            board.Count(LatencyStage.Ring, ticks - offered);
        }
    }

    /// <summary>A stage of the batch is done.</summary>
    public virtual void Done(LatencyStage stage)
    {
        if (_stageTicks != 0)
        {
            long now = Stopwatch.GetTimestamp();
            board.Count(stage, now - _stageTicks);
            _stageTicks = now;
        }
    }

    public virtual void Input(ReadOnlySpan<byte> input)
    {
        board.Add(Counter.Inputs);
        board.Count(MessageBytes.Header(input).Kind);
    }

    public virtual void Event(ReadOnlySpan<byte> message)
    {
        board.Add(Counter.Events);
        if (MessageBytes.Header(message).Kind == MessageKind.ExecutionReport)
        {
            board.Count(in MessageBytes.As<ExecutionReport>(message));
        }
    }

    public virtual void Request() => board.Add(Counter.Requests);

    /// <summary>A turn of the duty cycle is over.</summary>
    /// <param name="ticks">Now.</param>
    public virtual void CycleDone(int workCount, long ticks)
    {
        board.Add(Counter.Cycles);
        if (workCount > 0)
        {
            board.Add(Counter.BusyCycles);
            board.Count(LatencyStage.Cycle, ticks - _cycleTicks);
            board.Raise(Counter.CycleNanosLongest, ticks - _cycleTicks);
        }
    }

    /// <summary>A turn begins.</summary>
    public virtual void CycleBegins(long ticks) => _cycleTicks = ticks;

    public void Set(Counter counter, long value) => board.Set(counter, value);

    /// <summary>All that say how something is now are set.</summary>
    public void GaugesSet() => board.Add(Counter.GaugesSet);

    private static long OfferedTicks(ReadOnlySpan<byte> batch) => MessageBytes.Header(batch).Kind switch
    {
        MessageKind.PlaceOrder => MessageBytes.As<PlaceOrder>(batch).Stamps.GatewayOffered,
        MessageKind.PlaceOrderList => MessageBytes.As<PlaceOrderList>(batch).Stamps.GatewayOffered,
        MessageKind.ReplaceOrder => MessageBytes.As<ReplaceOrder>(batch).Stamps.GatewayOffered,
        _ => 0,
    };
}
