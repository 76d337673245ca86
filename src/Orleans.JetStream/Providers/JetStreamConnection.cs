using Microsoft.Extensions.DependencyInjection;
using NATS.Client.Core;
using Orleans.Configuration;

namespace Orleans.JetStream;

/// <summary>
/// A connection to NATS, and whether others use it too: a shared one is not disposed by the provider.
/// </summary>
public sealed record JetStreamConnection(INatsConnection Connection, bool IsShared)
{
    internal static async Task<JetStreamConnection> CreateAsync(
        JetStreamGrainStorageOptions options,
        IServiceProvider services)
    {
        if (options.CreateConnection is { } create)
        {
            return await create(options);
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
