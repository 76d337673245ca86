using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.KeyValueStore;
using Oms.Grains.Accounts;
using Oms.Grains.Portfolio;
using Oms.Grains.Positions;
using Oms.Grains.Risk;
using Oms.SharedMemory.Health;
using Oms.Silo.Feed;
using Oms.Testing;
using Orleans.Configuration;

namespace Oms.Silo.Tests;

/// <summary>
/// Three silos as processes: one feeds, the others stand by and answer for their share of the grains.
/// </summary>
public sealed class SiloClusterTests(OmsNats nats) : IClassFixture<OmsNats>, IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(40);

    /// <summary>How soon all grains must answer again after one silo of three has died.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(15);

    private static readonly string[] Roles = ["silo", "silo-1", "silo-2"];

    private readonly Deployment _deployment = new();
    private readonly NatsConnection _connection = nats.Connect();
    private readonly Dictionary<string, ChildProcess> _silos = [];

    public ValueTask InitializeAsync()
    {
        _deployment.Configure(nats);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_feeding_silo_is_killed_under_load_and_no_event_is_lost_or_applied_twice()
    {
        using PlayedFastPath fastPath = PlayedFastPath.Start(_deployment);
        await StartAsync("silo");
        await Eventually.True(() => Fed(fastPath) == "silo", Deadline);
        await StartAsync("silo-1", "--join");
        await StartAsync("silo-2", "--join");
        await Eventually.True(() => Roles[1..].All(IsStandingBy), Deadline);
        using IHost client = await ConnectAsync();
        var grains = client.Services.GetRequiredService<IGrainFactory>();

        fastPath.Write(3_000);
        await Eventually.True(() => Held() > 1_000, Deadline);
        string right = await LeaseAsync();
        await _silos["silo"].KillAsync();
        long killed = Stopwatch.GetTimestamp();
        fastPath.Write(3_000);
        await AnswerAsync(grains);
        TimeSpan took = Stopwatch.GetElapsedTime(killed);
        Assert.True(took < Outage, $"It took {took}.");

        string leaving = "";
        await Eventually.True(() => (leaving = Fed(fastPath) ?? "") is "silo-1" or "silo-2", Deadline);
        await new StoredStory(_deployment, _connection).AssertCompleteAsync(fastPath);
        Assert.NotEqual(right, await LeaseAsync());

        // The one that feeds now goes in order: whoever asks does not notice.
        using var stop = new CancellationTokenSource();
        Task<int> asking = AskAsync(grains, stop.Token);
        fastPath.Write(500);
        await TerminateAsync(leaving);
        await Eventually.True(() => Fed(fastPath) is { } feeding && feeding != leaving, Deadline);
        await stop.CancelAsync();
        Assert.True(await asking > 0);
        await new StoredStory(_deployment, _connection).AssertCompleteAsync(fastPath);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ChildProcess silo in _silos.Values.Where(silo => !silo.HasExited))
        {
            await silo.KillAsync();
        }

        await _connection.DisposeAsync();
        _deployment.Dispose();
    }

    private static IEnumerable<Func<Task>> Questions(IGrainFactory grains) =>
    [
        .. new[] { Deployment.Main, Deployment.Sub }.SelectMany(account => new Func<Task>[]
        {
            () => grains.GetGrain<IAccountGrain>(account.ToString()).GetView(),
            () => grains.GetGrain<IPositionGrain>(account.ToString()).GetView(),
        }),
        () => grains.GetGrain<IRiskPolicyGrain>(IRiskPolicyGrain.Key).GetView(),
        () => grains.GetGrain<IPortfolioGrain>(IPortfolioGrain.Key).GetView("USDT", []),
    ];

    /// <summary>Waits until every grain has answered.</summary>
    private static async Task AnswerAsync(IGrainFactory grains)
    {
        foreach (Func<Task> question in Questions(grains))
        {
            await Eventually.True(
                async () =>
                {
                    try
                    {
                        await question();
                        return true;
                    }
                    catch (Exception failure) when (failure is OrleansException or TimeoutException)
                    {
                        return false;
                    }
                },
                Deadline);
        }
    }

    /// <summary>Asks all grains again and again; fails with the first question that is not answered.</summary>
    private static async Task<int> AskAsync(IGrainFactory grains, CancellationToken stop)
    {
        int answers = 0;
        while (!stop.IsCancellationRequested)
        {
            foreach (Func<Task> question in Questions(grains))
            {
                await question();
                answers++;
            }
        }

        return answers;
    }

    private async Task<IHost> ConnectAsync()
    {
        const string Cluster = "cryptooms";
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
        _ = builder.Services.AddKeyedSingleton<INatsConnection>("nats", _connection);
        _ = builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (Cluster, Cluster))
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(5))
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1))
            .UseJetStreamClustering((JetStreamClusteringOptions options) => options.ConnectionServiceKey = "nats"));
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private async Task StartAsync(string role, params string[] more)
    {
        _silos[role] = await ChildProcess.StartAsync(
            Path.Combine(AppContext.BaseDirectory, "Oms.Silo"),
            ["--configs", _deployment.ConfigsPath, "--data", _deployment.Data.Path, .. more]);
        await Eventually.True(() => Health(role) is { IsFresh: true }, Deadline);
    }

    private async Task TerminateAsync(string role)
    {
        ChildProcess kill = await ChildProcess.StartAsync("/bin/kill", ["-TERM", $"{_silos[role].Id}"]);
        await Eventually.True(() => kill.HasExited && _silos[role].HasExited, Deadline);
    }

    /// <summary>Who has the right to feed.</summary>
    private async Task<string> LeaseAsync()
    {
        INatsKVStore store =
            await new NatsKVContext(new NatsJSContext(_connection)).GetStoreAsync(FeedLease.Bucket);
        NatsKVEntry<string> entry = await store.GetEntryAsync<string>(FeedLease.Key);
        return entry.Value ?? "";
    }

    private ProcessHealth? Health(string role) => HealthFile.Read(_deployment.Region, role);

    private bool IsStandingBy(string role) => Health(role) is
    {
        State: ProcessState.Ready, Detail: "standing by: another silo feeds", IsFresh: true,
    };

    private long Held() => new CheckpointFile(_deployment.Data.Silo).Read().LogSequence;

    /// <summary>The silo that has fed everything; null while there is none.</summary>
    private string? Fed(PlayedFastPath fastPath)
    {
        fastPath.Announce();
        return Held() == fastPath.LastLogSequence || fastPath.LastLogSequence == 0
            ? Roles.FirstOrDefault(role => Health(role) is
            {
                State: ProcessState.Ready, Detail: "0 events behind", IsFresh: true,
            })
            : null;
    }
}
