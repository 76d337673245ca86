using Microsoft.Extensions.DependencyInjection;
using NATS.Client.Core;
using Orleans.Configuration;

namespace Orleans.JetStream;

/// <summary>A connection to NATS, and whether others use it too.</summary>
/// <param name="Connection">The connection; it need not be open yet.</param>
/// <param name="IsShared">Whether it outlives the provider, which then does not dispose of it.</param>
public sealed record JetStreamConnection(INatsConnection Connection, bool IsShared)
{
    internal static async Task<JetStreamConnection> CreateAsync(
        JetStreamOptions options,
        IServiceProvider services)
    {
        if (options.CreateConnection is { } create)
        {
            return await create(services);
        }

        if (options.ConnectionServiceKey is { } key)
        {
            var shared = services.GetRequiredKeyedService<INatsConnection>(key);
            return new JetStreamConnection(shared, IsShared: true);
        }

        var connectionOptions = options.ConnectionOptions
            ?? throw new InvalidOperationException("No connection to NATS is configured.");
        return new JetStreamConnection(new NatsConnection(connectionOptions), IsShared: false);
    }

    internal ValueTask DisposeUnlessSharedAsync() =>
        IsShared ? ValueTask.CompletedTask : Connection.DisposeAsync();
}
