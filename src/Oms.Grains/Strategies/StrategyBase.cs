using Oms.Domain.Messages;

namespace Oms.Grains.Strategies;

/// <summary>
/// What a strategy derives from. All callbacks come on one thread of its own, one after the other, and must not block:
/// what they read is shared memory, what they send is a ring to FastPath. A callback that throws ends the strategy:
/// its orders are canceled, and it is started anew.
/// </summary>
public abstract class StrategyBase
{
    /// <summary>What it trades, and its orders. Set before the first callback.</summary>
    protected internal StrategyDesk Desk { get; internal set; } = null!; // Set by whoever runs it, see above.

    /// <summary>It begins; nothing was heard of the market yet.</summary>
    protected internal virtual void OnStart()
    {
    }

    /// <summary>The best prices of its instrument changed; both are above zero.</summary>
    protected internal virtual void OnTop(in TopOfBook top)
    {
    }

    /// <summary>There is no valid book of its instrument any more.</summary>
    protected internal virtual void OnBookLost() => Desk.CancelAll();

    /// <summary>Something happened to one of its orders: accepted, filled, canceled, rejected.</summary>
    protected internal virtual void OnReport(in ExecutionReport report)
    {
    }

    /// <summary>A cancel of one of its orders was refused.</summary>
    protected internal virtual void OnCancelRejected(in CancelRejected rejected)
    {
    }

    /// <summary>It ends.</summary>
    protected internal virtual void OnStop() => Desk.CancelAll();
}
