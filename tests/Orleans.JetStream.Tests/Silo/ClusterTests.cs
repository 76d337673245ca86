using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Oms.Testing;
using Orleans.Configuration;
using Orleans.JetStream.SiloHost;
using Orleans.Storage;

namespace Orleans.JetStream.Tests.Silo;

/// <summary>
/// Three silos as processes, and a client, who find one another in JetStream and keep there what they keep.
/// </summary>
public sealed class ClusterTests(SharedNatsServer nats)
{
    private const int GrainCount = 60;
    private const int WorkerCount = 8;
    private const int RemindedGrain = GrainCount;
    private const int RemindedCount = 6;

    /// <summary>How soon all grains must answer again after one silo of three has died.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_killed_silo_costs_no_request_and_a_stopped_one_leaves_none_without_an_answer()
    {
        using var folder = new TemporaryFolder("silos");
        var cluster = SharedNatsServer.NewBucket();
        var silos = await Task.WhenAll(Enumerable.Range(1, 3)
            .Select(number => SiloProcess.StartAsync($"silo-{number}", cluster, nats.Server, folder)));
        try
        {
            using var client = await ConnectAsync(cluster);
            var grains = client.Services.GetRequiredService<IGrainFactory>();
            await Task.WhenAll(Reminded(grains).Select(grain => grain.Remind()));
            await using var load = new TallyLoad(grains, GrainCount, WorkerCount);
            _ = await AnsweredAsync(load, silos);

            var victim = await SiloOfFirstGrainAsync(grains, silos);
            await victim.KillAsync();
            var took = await AnsweredAsync(load, silos);
            TestContext.Current.TestOutputHelper?.WriteLine($"All grains answered again after {took}");
            Assert.True(took < Outage, $"It took {took}.");

            var leaver = await SiloOfFirstGrainAsync(grains, silos);
            Assert.NotSame(victim, leaver);
            var failuresBefore = load.Failures.Count;
            await leaver.StopAsync();
            _ = await AnsweredAsync(load, silos);
            await load.StopAsync();

            // While a silo leaves, Orleans may have a grain on two for a moment; storage lets one of them
            // write, and the other says so.
            Assert.All(
                load.Failures.Skip(failuresBefore),
                failure => Assert.IsType<InconsistentStateException>(failure));
            Assert.DoesNotContain(await SiloOfFirstGrainAsync(grains, silos), new[] { victim, leaver });
            for (var grain = 0; grain < GrainCount; grain++)
            {
                Assert.Equal(load.Acknowledged[grain], await grains.GetGrain<ITallyGrain>(grain).Total());
            }

            await AllRemindedAsync(grains);
        }
        finally
        {
            foreach (var silo in silos)
            {
                await silo.DisposeAsync();
            }
        }
    }

    private static IEnumerable<ITallyGrain> Reminded(IGrainFactory grains) => Enumerable
        .Range(RemindedGrain, RemindedCount).Select(number => grains.GetGrain<ITallyGrain>(number));

    /// <summary>
    /// Waits until no grain and no worker waits for what was begun before now, and says how long it took.
    /// </summary>
    private static async Task<TimeSpan> AnsweredAsync(TallyLoad load, SiloProcess[] silos)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            await Eventually.True(() => load.IsAnsweredSince(since), Outage * 2);
        }
        catch (TimeoutException)
        {
            var texts = silos.Select(silo => $"{silo.Name}: {silo.ErrorText}");
            Assert.Fail($"{load.Failures.LastOrDefault()}\n{string.Join('\n', texts)}");
        }

        return Stopwatch.GetElapsedTime(since);
    }

    private static async Task<SiloProcess> SiloOfFirstGrainAsync(IGrainFactory grains, SiloProcess[] silos)
    {
        var name = await grains.GetGrain<ITallyGrain>(0).Silo();
        return silos.Single(silo => silo.Name == name);
    }

    private static async Task AllRemindedAsync(IGrainFactory grains)
    {
        foreach (var grain in Reminded(grains))
        {
            var before = await grain.Reminded();
            await Eventually.True(async () => await grain.Reminded() > before, TimeSpan.FromSeconds(20));
        }
    }

    private async Task<IHost> ConnectAsync(string cluster)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options =>
            {
                options.ClusterId = cluster;
                options.ServiceId = cluster;
            })
            // A call that a silo took to its grave is not answered: who calls must not wait for it too long.
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(3))
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1))
            .UseJetStreamClustering((JetStreamClusteringOptions options) =>
            {
                options.ConnectionOptions = nats.Server.ToOptions();
                options.Bucket = $"{cluster}-members";
            }));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
