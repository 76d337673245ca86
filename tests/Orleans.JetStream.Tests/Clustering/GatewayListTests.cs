using NATS.Client.JetStream;
using Orleans.Configuration;

namespace Orleans.JetStream.Tests.Clustering;

public sealed class GatewayListTests(SharedNatsServer nats)
{
    [Fact]
    public async Task Gateways_are_those_of_active_silos_that_have_one()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        foreach (var status in Enum.GetValues<SiloStatus>())
        {
            Assert.True(await host.InsertAsync(Silos.Entry((int)status, status)));
        }

        var closed = Silos.Entry(50);
        closed.ProxyPort = 0;
        Assert.True(await host.InsertAsync(closed));
        Assert.True(await host.InsertAsync(Silos.Entry(51)));

        await host.Gateways.InitializeGatewayListProviderAsync(default);
        var gateways = await host.Gateways.GetGatewaysAsync(default);
        Assert.Equal(
            [$"gwy.tcp://127.0.0.1:{30_000 + (int)SiloStatus.Active}/{(int)SiloStatus.Active}",
                "gwy.tcp://127.0.0.1:30051/51"],
            gateways.Select(gateway => gateway.ToString()).Order());
    }

    [Fact]
    public async Task Before_any_silo_there_are_no_gateways_and_the_silos_bucket_is_not_made_for_them()
    {
        var bucket = SharedNatsServer.NewBucket();
        await using var client = MembershipHost.Create(nats.Server.ToOptions(), bucket);
#pragma warning disable CS0618 // Orleans still calls them.
        await client.Gateways.InitializeGatewayListProvider();
        Assert.Empty(await client.Gateways.GetGateways());
#pragma warning restore CS0618
        await using var connection = nats.Connect();
        var missing = await Assert.ThrowsAsync<NatsJSApiException>(
            async () => await new NatsJSContext(connection).GetStreamAsync($"KV_{bucket}"));
        Assert.Equal(404, missing.Error.Code);

        await using var silo = await MembershipHost.StartAsync(nats.Server.ToOptions(), bucket);
        Assert.Empty(await client.Gateways.GetGatewaysAsync(default));
        Assert.True(await silo.InsertAsync(Silos.Entry(1)));
        Assert.Single(await client.Gateways.GetGatewaysAsync(default));
    }

    [Fact]
    public async Task The_list_is_refreshed_as_often_as_the_client_is_told()
    {
        await using var host = await MembershipHost.StartAsync(nats.Server.ToOptions());
        Assert.Equal(new GatewayOptions().GatewayListRefreshPeriod, host.Gateways.MaxStaleness);
    }
}
