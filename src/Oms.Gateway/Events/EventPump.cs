using System.Diagnostics;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Gateway.Commands;
using Oms.Gateway.Orders;
using Oms.Gateway.Traces;
using Oms.Journal;
using Oms.SharedMemory.Rings;

namespace Oms.Gateway.Events;

/// <summary>
/// The one thread that reads FastPath's events: first all that the log still holds, then what is new. It
/// keeps the views, feeds the streams and answers the calls, and waits for none of them.
/// </summary>
internal sealed class EventPump : IDisposable
{
    private const int BatchMax = 256;

    private readonly RingReader _ring;
    private readonly EventFeed _feed;
    private readonly GatewayViews _views;
    private readonly PendingReplies _replies;
    private readonly OrderTraces _traces;
    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private volatile bool _stopping;

    public EventPump(
        RingReader ring, string logFolder, bool isDurableOnly, GatewayViews views, PendingReplies replies,
        OrderTraces traces)
    {
        _ring = ring;
        _feed = EventFeed.FromOldest(ring, logFolder, isDurableOnly);
        _views = views;
        _replies = replies;
        _traces = traces;
        _thread = new(Run) { IsBackground = true, Name = "events" };
    }

    /// <summary>Completes once everything that stood in the log is in the views.</summary>
    public Task CaughtUp => _caughtUp.Task;

    /// <summary>Whether FastPath writes events.</summary>
    public bool IsProducerAlive => _ring.Ring.IsWriterAlive;

    public void Start() => _thread.Start();

    public void Dispose()
    {
        _stopping = true;
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _feed.Dispose();
    }

    private void Run()
    {
        var park = new RingPark();
        park.Watch(_ring);
        var idle = new BackoffIdleStrategy(IdlePolicy.Backoff, park: park);
        while (!_stopping)
        {
            int count = 0;
            while (count < BatchMax && _feed.TryRead(out ReadOnlySpan<byte> message))
            {
                Take(message);
                count++;
            }

            if (_feed.IsLive && count < BatchMax)
            {
                _ = _caughtUp.TrySetResult();
            }

            _ring.Beat();
            idle.Idle(count);
        }
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        ref readonly MessageHeader header = ref MessageBytes.Header(message);
        _views.Sequences.Note(in header);
        if (header.Kind == MessageKind.ExecutionReport)
        {
            Take(in MessageBytes.As<ExecutionReport>(message));
        }
        else if (header.Kind == MessageKind.CancelRejected)
        {
            Take(in MessageBytes.As<CancelRejected>(message));
        }
        else
        {
            TakeOther(header.Kind, message);
            _views.Executions.Publish(header.LogSequence, null);
        }
    }

    private void TakeOther(MessageKind kind, ReadOnlySpan<byte> message)
    {
        if (kind == MessageKind.HaltChanged)
        {
            ref readonly HaltChanged halt = ref MessageBytes.As<HaltChanged>(message);
            _views.Halts.Note(in halt);
            Answer(halt.CorrelationId, new(CommandFate.Answered, Halt: halt.State));
        }
        else if (kind == MessageKind.PositionChanged)
        {
            ref readonly PositionChanged position = ref MessageBytes.As<PositionChanged>(message);
            _views.Days.Note(in position, _views.Sequences.FirstOf(position.Header.AccountId) == 1);
        }
        else if (kind == MessageKind.CancelOrdersReport)
        {
            ref readonly CancelOrdersReport report = ref MessageBytes.As<CancelOrdersReport>(message);
            Answer(report.CorrelationId, new(CommandFate.Answered, OrderCount: report.OrderCount));
        }
        else if (kind == MessageKind.ReconcileReport)
        {
            ref readonly ReconcileReport report = ref MessageBytes.As<ReconcileReport>(message);
            Answer(report.CorrelationId, new(CommandFate.Answered, EvidenceId: report.EvidenceId));
        }
        else if (kind == MessageKind.TransferReport)
        {
            ref readonly TransferReport report = ref MessageBytes.As<TransferReport>(message);
            Answer(report.CorrelationId, new(CommandFate.Answered, Transfer: _views.Transfers.Apply(in report)));
        }
    }

    private void Answer(long correlationId, CommandReply reply)
    {
        if (correlationId != 0)
        {
            _replies.Complete(correlationId, reply);
        }
    }

    private void Take(in ExecutionReport report)
    {
        // A report read from the log says when it was written, not how long it took to come here.
        long backNanos = _feed.IsLive && report.ReplyReceived != 0
            ? Math.Max(Stopwatch.GetTimestamp() - report.ReplyReceived, 1)
            : 0;
        OrderRecord order = _views.Orders.Apply(in report, backNanos, out bool isFirst);
        _views.TotalsOf(report.Header.AccountId).Count(in report, isFirst);
        if (CallTraces.Source.HasListeners() && _feed.IsLive)
        {
            _traces.Note(in report, _replies.CallOf(report.CorrelationId), isFirst);
        }

        var update = ExecutionUpdate.Of(in report, order);
        if (update.Fill is { } fill)
        {
            _ = _views.Fills.Append(fill);
        }

        _views.Executions.Publish(report.Header.LogSequence, update);
        if (report.CorrelationId != 0)
        {
            bool isRepeated = report.ExecutionType == ExecutionType.OrderStatus;
            _replies.Complete(report.CorrelationId, new(CommandFate.Answered, order, IsRepeated: isRepeated));
        }
    }

    private void Take(in CancelRejected report)
    {
        OrderRecord? order = ExecutionUpdate.OrderNamed(in report, _views.Orders);
        _views.Executions.Publish(report.Header.LogSequence, ExecutionUpdate.Of(in report, order));
        Answer(report.CorrelationId, new(CommandFate.Answered, order, report.Reason));
    }
}
