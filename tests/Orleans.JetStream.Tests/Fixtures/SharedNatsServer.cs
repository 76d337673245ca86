using NATS.Client.Core;
using Oms.Testing;

[assembly: AssemblyFixture(typeof(Orleans.JetStream.Tests.SharedNatsServer))]

namespace Orleans.JetStream.Tests;

/// <summary>
/// One nats-server for all tests that do not hurt it; each of them has a bucket of its own.
/// </summary>
public sealed class SharedNatsServer : IAsyncLifetime
{
    private static int _buckets;

    public NatsServer Server { get; private set; } = null!;

    public static string NewBucket() => $"test-{Interlocked.Increment(ref _buckets)}";

    public async ValueTask InitializeAsync() => Server = await NatsServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    public NatsConnection Connect() => new(Server.ToOptions());
}
