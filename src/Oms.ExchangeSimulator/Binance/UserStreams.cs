using System.Text.Json;
using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Who listens to which account.</summary>
internal sealed class UserStreams
{
    private readonly Lock _gate = new();
    private readonly List<Subscription> _subscriptions = [];

    public void Add(SocketConnection connection, Account account, int subscriptionId)
    {
        lock (_gate)
        {
            _subscriptions.Add(new Subscription(connection, account, subscriptionId));
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
            foreach (Subscription subscription in _subscriptions)
            {
                if (subscription.Account == account)
                {
                    _ = subscription.Connection.TrySend(Envelope(subscription.SubscriptionId, write));
                }
            }
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

    private static ReadOnlyMemory<byte> Envelope(int subscriptionId, Action<Utf8JsonWriter> write) =>
        ApiAnswer.Of(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("subscriptionId", subscriptionId);
            json.WritePropertyName("event");
            write(json);
            json.WriteEndObject();
        }).Result;

    private sealed record Subscription(SocketConnection Connection, Account Account, int SubscriptionId);
}
