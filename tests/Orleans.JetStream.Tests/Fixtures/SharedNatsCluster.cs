namespace Orleans.JetStream.Tests;

/// <summary>
/// One cluster of three for the tests of a class. Who kills one of its servers starts it again.
/// </summary>
public sealed class SharedNatsCluster : IAsyncLifetime
{
    internal NatsCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await NatsCluster.StartAsync();

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
