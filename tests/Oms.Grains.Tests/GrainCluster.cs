using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NATS.Client.Core;
using Oms.Grains.Markets;
using Oms.Grains.Transfers;
using Oms.Testing;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Oms.Grains.Tests;

/// <summary>One silo in this process over a real nats-server; both can be ended and begun again.</summary>
public sealed class GrainCluster : IAsyncLifetime
{
    private NatsServer? _nats;
    private InProcessTestCluster? _cluster;

    /// <summary>What the grains take for the time, before a test moves it.</summary>
    internal static DateTimeOffset Now { get; } = DateTimeOffset.UnixEpoch.AddSeconds(100);

    internal FakeTimeProvider Clock { get; } = new(Now);

    internal PlacedPrices Prices { get; } = new();

    internal NatsServer Nats => _nats ?? throw new InvalidOperationException("not started");

    internal PlayedDesk Desk { get; } = new();

    internal IGrainFactory Grains => _cluster?.Client ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync()
    {
        _nats = await NatsServer.StartAsync();
        _cluster = await DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        await Nats.DisposeAsync();
    }

    internal async Task RestartSiloAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        _cluster = await DeployAsync();
    }

    private async Task<InProcessTestCluster> DeployAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ServiceId = "grain-tests";
        builder.ConfigureSilo((_, silo) => silo
            .ConfigureServices(services => services
                .AddSingleton<IMarketPrices>(Prices)
                .AddSingleton<ITransferDesk>(Desk)
                .AddKeyedSingleton<TimeProvider>(GrainClock.Key, Clock))
            .UseInMemoryReminderService()
            .AddJetStreamGrainStorageAsDefault(
            (JetStreamGrainStorageOptions options) =>
            {
                options.ConnectionOptions = new NatsOpts
                {
                    Url = Nats.Url,
                    AuthOpts = new NatsAuthOpts { Username = NatsServer.User, Password = Nats.Password },
                    ReconnectWaitMin = TimeSpan.FromMilliseconds(50),
                    ReconnectWaitMax = TimeSpan.FromMilliseconds(200),
                };
                options.GrainStorageSerializer = new GrainStateJson();
                options.OperationTimeout = TimeSpan.FromSeconds(4);
                options.AttemptTimeout = TimeSpan.FromSeconds(2);
            }));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
