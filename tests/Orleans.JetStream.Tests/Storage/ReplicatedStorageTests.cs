namespace Orleans.JetStream.Tests.Storage;

/// <summary>
/// The same promises on three replicas, where a server of version 2.9 lets rivals pass its own check.
/// </summary>
public sealed class ReplicatedStorageTests
{
    private const int RoundCount = 30;

    [Fact]
    public async Task Of_twenty_writers_on_different_servers_one_wins_and_is_read_at_once()
    {
        await using var cluster = await NatsCluster.StartAsync();
        var bucket = SharedNatsServer.NewBucket();
        var hosts = new List<StorageHost>();
        try
        {
            foreach (var server in cluster.Servers)
            {
                hosts.Add(await StorageHost.StartAsync(server.ToOptions(), options =>
                {
                    options.Bucket = bucket;
                    options.Replicas = cluster.Servers.Count;
                    options.OperationTimeout = TimeSpan.FromSeconds(30);
                }));
            }

            await RacingWritersTests.RaceAsync([.. hosts], RoundCount, extraBytes: 0);
        }
        finally
        {
            foreach (var host in hosts)
            {
                await host.DisposeAsync();
            }
        }
    }
}
