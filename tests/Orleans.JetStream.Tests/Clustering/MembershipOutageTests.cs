using System.Diagnostics;
using Oms.Testing;
using Orleans.JetStream.Clustering;

namespace Orleans.JetStream.Tests.Clustering;

public sealed class MembershipOutageTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(600);

    [Fact]
    public async Task Without_a_server_every_operation_fails_within_its_bound_and_nothing_is_lost()
    {
        await using var server = await NatsServer.StartAsync();
        await using var host = await MembershipHost.StartAsync(
            server.ToOptions(), configure: options => options.AttemptTimeout = Bound / 3);
        Assert.True(await host.InsertAsync(Silos.Entry(1)));
        await host.Gateways.InitializeGatewayListProviderAsync(default);
        var stored = await host.ReadAsync();
        await server.KillAsync();

        host.Options.OperationTimeout = Bound;
        var next = stored.Version.Next();
        await Task.WhenAll(new Func<Task>[]
        {
            () => host.Table.ReadAllAsync(default),
            () => host.Table.ReadRowAsync(Silos.Address(1), default),
            () => host.Table.InsertRowAsync(Silos.Entry(2), next, default),
            () => host.Table.UpdateRowAsync(Silos.Entry(1), stored.Members[0].Item2, next, default),
            () => host.Table.UpdateIAmAliveAsync(Silos.Entry(1), default),
            () => host.Table.CleanupDefunctSiloEntriesAsync(DateTimeOffset.MaxValue, default),
            () => host.Table.DeleteMembershipTableEntriesAsync("cluster", default),
            () => host.Gateways.GetGatewaysAsync(default),
        }.Select(async operation =>
        {
            var started = Stopwatch.GetTimestamp();
            var failure = await Assert.ThrowsAsync<JetStreamClusteringException>(operation);
            Assert.InRange(Stopwatch.GetElapsedTime(started), Bound / 2, Bound * 20);
            Assert.IsType<TimeoutException>(failure.InnerException);
        }));

        using var cancellation = new CancellationTokenSource(Bound / 10);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => host.Table.ReadAllAsync(cancellation.Token));
        await server.StartAgainAsync();
        await Eventually.True(async () =>
        {
            try
            {
                return Silos.Text(await host.ReadAsync()) == Silos.Text(stored);
            }
            catch (JetStreamClusteringException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task A_canceled_token_changes_nothing()
    {
        await using var server = await NatsServer.StartAsync();
        await using var host = await MembershipHost.StartAsync(server.ToOptions());
        var canceled = new CancellationToken(canceled: true);
        var empty = await host.ReadAsync();
        foreach (var operation in new Func<Task>[]
        {
            () => host.Table.InitializeMembershipTableAsync(true, canceled),
            () => host.Table.ReadAllAsync(canceled),
            () => host.Table.InsertRowAsync(Silos.Entry(1), empty.Version.Next(), canceled),
            () => host.Table.UpdateIAmAliveAsync(Silos.Entry(1), canceled),
            () => host.Table.DeleteMembershipTableEntriesAsync("cluster", canceled),
        })
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(operation);
        }

        Assert.Equal(Silos.Text(empty), Silos.Text(await host.ReadAsync()));
    }
}
