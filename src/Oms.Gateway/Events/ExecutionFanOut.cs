namespace Oms.Gateway.Events;

/// <summary>Hands executions to every subscription, none of which can delay it.</summary>
internal sealed class ExecutionFanOut
{
    private readonly Lock _lock = new();
    private readonly List<ExecutionSubscription> _subscriptions = [];
    private long _lastLogSequence;

    /// <summary>The last event that was published.</summary>
    public long LastLogSequence => Volatile.Read(ref _lastLogSequence);

    /// <summary>
    /// False when there are too many. Otherwise every event after the given one reaches it.
    /// </summary>
    public bool TrySubscribe(ExecutionSubscription subscription, out long afterLogSequence)
    {
        lock (_lock)
        {
            afterLogSequence = _lastLogSequence;
            if (_subscriptions.Count >= GatewayLimits.StreamsMax)
            {
                return false;
            }

            _subscriptions.Add(subscription);
            return true;
        }
    }

    public void Unsubscribe(ExecutionSubscription subscription)
    {
        lock (_lock)
        {
            _ = _subscriptions.Remove(subscription);
        }
    }

    /// <param name="update">Null for an event that is no execution.</param>
    public void Publish(long logSequence, ExecutionUpdate? update)
    {
        lock (_lock)
        {
            Volatile.Write(ref _lastLogSequence, logSequence);
            if (update is null)
            {
                return;
            }

            foreach (ExecutionSubscription subscription in _subscriptions)
            {
                subscription.Offer(update);
            }
        }
    }
}
