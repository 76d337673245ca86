using System.Diagnostics;
using System.Threading.Channels;
using Oms.Domain.Ids;
using Oms.Domain.Messages;
using Oms.Domain.Orders;

namespace Oms.Gateway.Traces;

/// <summary>
/// Follows the orders of recorded calls to their first answer, and hands over what was measured on their way. It reads
/// what the reports say anyway: nothing is added to the messages, nor to any process on an order's way. The event pump
/// notes, one task writes.
/// </summary>
internal sealed class OrderTraces(TimeProvider time)
{
    /// <summary>Orders that are followed at once; of more the oldest is forgotten.</summary>
    public const int FollowedMax = 4_096;

    /// <summary>Traces that are not yet written; more are left out.</summary>
    private const int WaitingMax = 4_096;

    private readonly Dictionary<OrderId, ActivityContext> _followed = [];
    private readonly Queue<OrderId> _inOrder = [];

    private readonly Channel<OrderTrace> _ready = Channel.CreateBounded<OrderTrace>(
        new BoundedChannelOptions(WaitingMax) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>What is to be written.</summary>
    public ChannelReader<OrderTrace> Ready => _ready.Reader;

    /// <summary>Notes a report, on the pump's thread.</summary>
    /// <param name="call">The recorded call that it answers; null for none.</param>
    /// <param name="isFirst">Whether it is the first of its order.</param>
    public void Note(in ExecutionReport report, Activity? call, bool isFirst)
    {
        if (call is not null && isFirst)
        {
            Follow(report.OrderId, call.Context);
        }

        if (_followed.Count > 0 && IsAnswer(in report, isFirst)
            && _followed.Remove(report.OrderId, out ActivityContext parent))
        {
            _ = _ready.Writer.TryWrite(new(parent, report, Stopwatch.GetTimestamp(), time.GetUtcNow()));
        }
    }

    private void Follow(OrderId order, ActivityContext parent)
    {
        _followed[order] = parent;
        _inOrder.Enqueue(order);
        while (_followed.Count > FollowedMax || _inOrder.Count > 2 * FollowedMax)
        {
            _ = _followed.Remove(_inOrder.Dequeue());
        }
    }

    /// <summary>The exchange's answer with what was measured, that there is none, or that nobody is asked: what is
    /// matched here never is on its way.</summary>
    private static bool IsAnswer(in ExecutionReport report, bool isFirst) =>
        report.ReplyReceived != 0
        || report.Status is OrderStatus.Rejected or OrderStatus.Unknown
        || (isFirst && report.Status is not (OrderStatus.PendingNew or OrderStatus.Suspended));
}
