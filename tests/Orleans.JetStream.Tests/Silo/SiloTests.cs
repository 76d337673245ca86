using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NATS.Client.Core;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Orleans.JetStream.Tests.Silo;

public sealed class SiloTests(SharedNatsServer nats)
{
    private const string ConnectionKey = "nats";

    [Fact]
    public async Task A_grains_state_outlives_its_silo()
    {
        var bucket = SharedNatsServer.NewBucket();
        await using (var first = await DeployAsync(bucket))
        {
            Assert.Equal(5, await first.Client.GetGrain<ICounterGrain>("кошка/*").Add(5));
            Assert.Equal(1, await first.Client.GetGrain<ICounterGrain>("reset").Add(1));
            await first.Client.GetGrain<ICounterGrain>("reset").Reset();
            await first.StopAllSilosAsync();
        }

        await using var second = await DeployAsync(bucket);
        Assert.Equal(12, await second.Client.GetGrain<ICounterGrain>("кошка/*").Add(7));
        Assert.Equal(3, await second.Client.GetGrain<ICounterGrain>("reset").Add(3));
    }

    /// <summary>
    /// One silo with a storage on a shared, keyed connection and a default one on a connection of its own.
    /// </summary>
    private async Task<InProcessTestCluster> DeployAsync(string bucket)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ServiceId = "silo-tests";
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddKeyedSingleton<INatsConnection>(ConnectionKey, (_, _) => nats.Connect());
            silo.AddJetStreamGrainStorage("named", options =>
            {
                options.ConnectionServiceKey = ConnectionKey;
                options.Bucket = bucket;
            });
            silo.AddJetStreamGrainStorageAsDefault((OptionsBuilder<JetStreamGrainStorageOptions> options) =>
                options.Configure(values =>
                {
                    values.ConnectionOptions = nats.Server.ToOptions();
                    values.Bucket = $"{bucket}-default";
                }));
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
