using System.Collections.Concurrent;
using Oms.Domain.Ids;

namespace Oms.Connectors;

/// <summary>
/// What this session sent: no order twice, and nobody is told that an order is absent while it may still
/// arrive. Orders are begun by the ring thread alone.
/// </summary>
internal sealed class SentOrders(TimeSpan recvWindow, TimeProvider time)
{
    private readonly ConcurrentDictionary<OrderId, Sent> _sent = new();
    private readonly Queue<OrderId> _oldestFirst = new();
    private readonly long _sessionStarted = time.GetTimestamp();

    /// <summary>What was sent longer ago can no more arrive: its receive window is over.</summary>
    public TimeSpan ArrivalMax { get; } = recvWindow + ConnectorLimits.ArrivalMargin;

    /// <summary>False when this session has already begun to send the order.</summary>
    public bool TryBegin(OrderId id)
    {
        if (!_sent.TryAdd(id, new()))
        {
            return false;
        }

        _oldestFirst.Enqueue(id);
        if (_oldestFirst.Count > ConnectorLimits.SentRememberedMax)
        {
            _ = _sent.TryRemove(_oldestFirst.Dequeue(), out _);
        }

        return true;
    }

    /// <summary>Fires when the order is no longer wanted while it waits to be sent.</summary>
    public CancellationToken WithdrawalOf(OrderId id) =>
        _sent.TryGetValue(id, out Sent? sent) ? sent.Withdrawal.Token : CancellationToken.None;

    /// <summary>Sending is over, with whatever outcome: the last bytes left before now.</summary>
    /// <param name="hasLeft">Whether some of it may have left.</param>
    public void End(OrderId id, bool hasLeft)
    {
        if (_sent.TryGetValue(id, out Sent? sent))
        {
            sent.HasLeft = hasLeft;
            sent.EndedTimestamp = time.GetTimestamp();
            _ = sent.Ended.TrySetResult();
        }
    }

    /// <summary>
    /// Withdraws an order that waits to be sent, and returns when nothing of it is being sent. False when none of it
    /// has left: then there is nothing to cancel.
    /// </summary>
    public async Task<bool> MayHaveLeft(OrderId id)
    {
        if (!_sent.TryGetValue(id, out Sent? sent))
        {
            return true;
        }

        if (!sent.Ended.Task.IsCompleted)
        {
            await sent.Withdrawal.CancelAsync();
            await sent.Ended.Task;
        }

        return sent.HasLeft;
    }

    /// <summary>Done when nothing of the order is being sent by this session.</summary>
    public Task WhenEnded(OrderId id) =>
        _sent.TryGetValue(id, out Sent? sent) ? sent.Ended.Task : Task.CompletedTask;

    /// <summary>
    /// Whether an order that the exchange does not have at this instant (monotonic) can no more arrive: its
    /// receive window is over since this session's last attempt to send it, or, where this session made none,
    /// since the session began and every earlier one was dead.
    /// </summary>
    public bool CanArriveNoMore(OrderId id, long timestamp)
    {
        long last = _sent.TryGetValue(id, out Sent? sent) ? sent.EndedTimestamp : _sessionStarted;
        return WhenEnded(id).IsCompleted
            && time.GetElapsedTime(last, timestamp) > ArrivalMax;
    }

    private sealed class Sent
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationTokenSource Withdrawal { get; } = new();

        public bool HasLeft { get; set; } = true;

        public long EndedTimestamp { get; set; }
    }
}
