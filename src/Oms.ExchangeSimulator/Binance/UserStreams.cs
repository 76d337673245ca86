using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;
using Oms.ExchangeSimulator.Judge;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Who listens to which account.</summary>
internal sealed class UserStreams(Faults faults)
{
    private readonly Lock _gate = new();
    private readonly List<Subscription> _subscriptions = [];

    /// <summary>Done when late events are to come at once.</summary>
    private TaskCompletionSource _impatient = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="envelope">Wraps an event as this connection expects it.</param>
    public void Add(
        SocketConnection connection, Account account, int subscriptionId,
        Func<Action<Utf8JsonWriter>, Action<Utf8JsonWriter>> envelope)
    {
        lock (_gate)
        {
            _subscriptions.Add(new Subscription(connection, account, subscriptionId, envelope));
        }
    }

    /// <summary>Removes one subscription of a connection, or all of them.</summary>
    public void Remove(SocketConnection connection, int? subscriptionId)
    {
        lock (_gate)
        {
            _ = _subscriptions.RemoveAll(each =>
                each.Connection == connection
                && (subscriptionId is null || each.SubscriptionId == subscriptionId));
        }
    }

    public void Publish(Account account, Action<Utf8JsonWriter> write)
    {
        lock (_gate)
        {
            foreach (Subscription subscription in _subscriptions.Where(each => each.Account == account))
            {
                Send(subscription, ApiAnswer.Of(subscription.Envelope(write)).Result);
            }
        }
    }

    /// <summary>The last event of an account's subscriptions: their connections stay, and say nothing more.</summary>
    public void End(Account account, Action<Utf8JsonWriter> write)
    {
        Publish(account, write);
        lock (_gate)
        {
            _ = _subscriptions.RemoveAll(each => each.Account == account);
        }
    }

    /// <summary>Cuts connections off that listen to an account, or to any.</summary>
    /// <returns>How many were cut.</returns>
    public int Drop(string? accountName, int countMax)
    {
        List<SocketConnection> dropped;
        lock (_gate)
        {
            dropped = [.. _subscriptions
                .Where(each => accountName is null || each.Account.Name == accountName)
                .Select(each => each.Connection)
                .Distinct()
                .Take(countMax)];
        }

        foreach (SocketConnection connection in dropped)
        {
            connection.Drop();
            Remove(connection, null);
        }

        return dropped.Count;
    }

    /// <summary>Connections stay, and the subscriptions that they have now say nothing more; tells how many.</summary>
    public int Silence(string? accountName, int countMax)
    {
        lock (_gate)
        {
            List<Subscription> silenced = [.. _subscriptions
                .Where(each => !each.IsSilent && (accountName is null || each.Account.Name == accountName))
                .Take(countMax)];
            silenced.ForEach(each => each.IsSilent = true);
            return silenced.Count;
        }
    }

    /// <summary>Sends what faults keep until later.</summary>
    public void ReleaseHeld()
    {
        lock (_gate)
        {
            _subscriptions.ForEach(Release);
            _impatient.SetResult();
            _impatient = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private static void Release(Subscription subscription)
    {
        if (subscription.Held is { } held)
        {
            subscription.Held = null;
            _ = subscription.Connection.TrySend(held);
        }
    }

    private static async Task SendLateAsync(
        SocketConnection connection, ReadOnlyMemory<byte> message, TimeSpan delay, Task impatient)
    {
        // Whichever is first: the time is over, or nobody waits for faults any more.
        await impatient.WaitAsync(delay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ = connection.TrySend(message);
    }

    /// <summary>As it comes, or as a fault has it: not at all, not yet, late, or again.</summary>
    private void Send(Subscription subscription, ReadOnlyMemory<byte> message)
    {
        string name = subscription.Account.Name;
        if (subscription.IsSilent)
        {
            return;
        }

        if (subscription.Held is null && faults.Take(FaultKind.HoldUserEvent, name) is not null)
        {
            subscription.Held = message;
            return;
        }

        if (faults.Take(FaultKind.DelayUserEvent, name) is { DelayMs: { } delayMs })
        {
            _ = SendLateAsync(
                subscription.Connection, message, TimeSpan.FromMilliseconds(delayMs), _impatient.Task);
            return;
        }

        _ = subscription.Connection.TrySend(message);
        if (faults.Take(FaultKind.RepeatUserEvent, name) is not null)
        {
            _ = subscription.Connection.TrySend(message);
        }

        Release(subscription);
    }

    private sealed class Subscription(
        SocketConnection connection, Account account, int subscriptionId,
        Func<Action<Utf8JsonWriter>, Action<Utf8JsonWriter>> envelope)
    {
        public SocketConnection Connection { get; } = connection;

        public Account Account { get; } = account;

        public int SubscriptionId { get; } = subscriptionId;

        public Func<Action<Utf8JsonWriter>, Action<Utf8JsonWriter>> Envelope { get; } = envelope;

        /// <summary>A fault keeps its events from it, as long as it lasts.</summary>
        public bool IsSilent { get; set; }

        /// <summary>An event that a fault keeps until the next one was sent.</summary>
        public ReadOnlyMemory<byte>? Held { get; set; }
    }
}
