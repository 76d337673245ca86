using NATS.Client.Core;
using Oms.Domain.Configuration;
using Orleans.Configuration;

namespace Oms.Gateway.Grains;

/// <summary>
/// The way to the silo's grains: a client of their cluster, which it finds in JetStream. It connects in the background
/// and again whenever the cluster was lost; nothing that trades waits for it.
/// </summary>
internal sealed class GrainLink(
    DataFolder data, DeploymentConfiguration deployment, ILogger<GrainLink> logger) : BackgroundService
{
    private const string NatsKey = "nats";

    /// <summary>As the silo's: part of the key of every stored state.</summary>
    private const string Cluster = "cryptooms";

    private static readonly TimeSpan AttemptInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    private volatile IGrainFactory? _grains;
    private volatile OrleansDashboard? _dashboard;

    /// <summary>Null while no silo was found.</summary>
    public IGrainFactory? Grains => _grains;

    /// <summary>Null while no silo was found, and where configuration does not want it.</summary>
    public OrleansDashboard? Dashboard => _dashboard;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is NatsException or OrleansException or IOException
                or TimeoutException or InvalidOperationException)
            {
                logger.GrainsUnreachable(failure.Message);
            }

            _grains = null;
            await Task.Delay(AttemptInterval, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Connects, and returns when it is canceled or the connection cannot be made.</summary>
    private async Task RunAsync(CancellationToken cancellation)
    {
        await using var nats = new NatsConnection(new NatsOpts
        {
            Url = $"nats://127.0.0.1:{deployment.NatsPort}",
            Name = "gateway",
            AuthOpts = new NatsAuthOpts
            {
                Username = "oms",
                Password = (await File.ReadAllTextAsync(data.NatsPasswordFile, cancellation)).Trim(),
            },
            ReconnectWaitMin = TimeSpan.FromMilliseconds(50),
            ReconnectWaitMax = TimeSpan.FromMilliseconds(500),
            MaxReconnectRetry = -1,
        });
        await nats.ConnectAsync();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
        _ = builder.Services.AddKeyedSingleton<INatsConnection>(NatsKey, nats);
        if (deployment.Telemetry.HasOrleansDashboard)
        {
            OrleansDashboard.Add(builder);
        }

        _ = builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (Cluster, Cluster))
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = AnswerTimeout)
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = AttemptInterval)
            .UseJetStreamClustering((JetStreamClusteringOptions options) => options.ConnectionServiceKey = NatsKey));
        using IHost client = builder.Build();
        await client.StartAsync(cancellation);
        _grains = client.Services.GetRequiredService<IGrainFactory>();
        _dashboard = deployment.Telemetry.HasOrleansDashboard ? OrleansDashboard.Of(client.Services) : null;
        logger.GrainsReached();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _dashboard = null;
            _grains = null;
            await client.StopAsync(CancellationToken.None);
        }
    }
}
