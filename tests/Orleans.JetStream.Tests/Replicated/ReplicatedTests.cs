using Orleans.JetStream.Tests.Clustering;
using Orleans.JetStream.Tests.Reminders;
using Orleans.JetStream.Tests.Storage;

namespace Orleans.JetStream.Tests.Replicated;

/// <summary>
/// The same promises on three replicas, where a server of version 2.9 lets rivals pass its own check, and
/// reads of other clients may be stale.
/// </summary>
public sealed class ReplicatedTests(SharedNatsCluster shared) : IClassFixture<SharedNatsCluster>
{
    private const int RoundCount = 20;

    [Fact]
    public async Task Of_twenty_writers_on_different_servers_one_wins_and_is_read_at_once()
    {
        var hosts = await StartOnEachServerAsync((server, bucket) => StorageHost.StartAsync(
            shared.Cluster.ToOptions(server), options => ReplicatedBucket.Configure(options, bucket)));
        await RacingWritersTests.RaceAsync(hosts, RoundCount, extraBytes: 0);
        await DisposeAsync(hosts);
    }

    [Fact]
    public async Task Of_twenty_silos_on_different_servers_one_is_inserted_and_is_read_at_once()
    {
        var hosts = await StartOnEachServerAsync((server, bucket) => MembershipHost.StartAsync(
            shared.Cluster.ToOptions(server),
            bucket,
            configure: options => ReplicatedBucket.Configure(options, bucket)));
        await RacingSilosTests.RaceAsync(hosts);
        await DisposeAsync(hosts);
    }

    [Fact]
    public async Task A_reminder_is_read_from_every_server_as_soon_as_it_is_upserted_or_removed()
    {
        var grain = GrainId.Create("tester", "one");
        var hosts = await StartOnEachServerAsync((server, bucket) => ReminderHost.StartAsync(
            shared.Cluster.ToOptions(server),
            bucket,
            configure: options => ReplicatedBucket.Configure(options, bucket)));
        for (var round = 0; round < RoundCount; round++)
        {
            var name = $"{round % 3}";
            var eTags = await Task.WhenAll(hosts.Select(
                host => host.UpsertAsync(ReminderTableTests.EntryOf(grain, name, round))));
            Assert.Equal(hosts.Length, eTags.Distinct().Count());
            var newest = eTags.MaxBy(ulong.Parse) ?? "";
            foreach (var host in hosts)
            {
                Assert.Equal(newest, (await host.Table.ReadRow(grain, name, default))?.ETag);
                var ofGrain = await host.Table.ReadRows(grain, default);
                Assert.Equal(newest, Assert.Single(ofGrain.Reminders).ETag);
            }

            var removals = await Task.WhenAll(hosts.Select(
                host => host.Table.RemoveRow(grain, name, newest, default)));
            Assert.Single(removals, isRemoved => isRemoved);
            foreach (var host in hosts)
            {
                Assert.Empty(await host.ReadAsync());
            }
        }

        await DisposeAsync(hosts);
    }

    private async Task<THost[]> StartOnEachServerAsync<THost>(Func<int, string, Task<THost>> start)
    {
        var bucket = SharedNatsServer.NewBucket();
        var hosts = new List<THost>();
        for (var server = 0; server < shared.Cluster.Servers.Count; server++)
        {
            hosts.Add(await start(server, bucket));
        }

        return [.. hosts];
    }

    private static async Task DisposeAsync(IEnumerable<IAsyncDisposable> hosts)
    {
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }
    }
}
