using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NATS.Client.Core;
using Oms.Domain.Configuration;
using Oms.Grains;
using Oms.Grains.Markets;
using Oms.Grains.Strategies;
using Oms.Grains.Transfers;
using Oms.Silo.Control;
using Oms.Silo.Feed;
using Oms.Silo.Telemetry;
using Orleans.Configuration;
using Serilog;

namespace Oms.Silo.Hosting;

/// <summary>
/// Orleans as one silo of a cluster on loopback: members, reminders and grain state are in JetStream.
/// </summary>
internal static class SiloHost
{
    /// <summary>
    /// An orderly stop may take this long. What it leaves undone is done at the next start.
    /// </summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Part of the key of every stored state: never changes.</summary>
    private const string Deployment = "cryptooms";

    private const string NatsKey = "nats";

    /// <param name="log">Where the silo's lines go; ends with the host.</param>
    /// <param name="role">Of this silo in its deployment.</param>
    public static IHost Build(
        ILogger log,
        DataFolder data,
        SiloRole role,
        INatsConnection nats,
        IMarketPrices prices,
        StrategyFloor strategies,
        FeedState feed,
        TelemetryConfiguration telemetry)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
        _ = builder.Services.AddSerilog(log, dispose: true);
        _ = builder.Services.AddKeyedSingleton(NatsKey, nats);
        _ = builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopTimeout);
        SiloTelemetry.Add(builder.Services, telemetry, role.Number);
        var transfers = new TransferDesk(nats);
        _ = builder.Services
            .AddKeyedSingleton(GrainClock.Key, TimeProvider.System)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(feed)
            .AddSingleton(prices)
            .AddSingleton(strategies)
            .AddSingleton(transfers)
            .AddSingleton<ITransferDesk>(transfers);
        var ports = SiloPorts.Of(data, role.Name);
        _ = builder.UseOrleans(silo => silo
            .AddActivityPropagation()
            .AddOutgoingGrainCallFilter<RepeatedQuestions>()
            .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (Deployment, Deployment))
            .ConfigureEndpoints(IPAddress.Loopback, ports.Silo, ports.Gateway)
            .UseJetStreamClustering((JetStreamClusteringOptions options) => options.ConnectionServiceKey = NatsKey)
            .UseJetStreamReminderService(
                (JetStreamReminderTableOptions options) => options.ConnectionServiceKey = NatsKey)
            // A silo that died is voted out within some four seconds.
            .Configure<ClusterMembershipOptions>(options =>
                (options.ProbeTimeout, options.NumMissedProbesLimit) = (TimeSpan.FromSeconds(1), 3))
            .Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10))
            .AddJetStreamGrainStorageAsDefault((JetStreamGrainStorageOptions options) =>
            {
                options.ConnectionServiceKey = NatsKey;
                options.GrainStorageSerializer = new GrainStateJson();
                options.OperationTimeout = TimeSpan.FromSeconds(5);
                options.AttemptTimeout = TimeSpan.FromSeconds(2);
            })
            .Configure(telemetry));
        IHost host = builder.Build();
        // Made with the host: its instruments are there from the first scrape on.
        _ = host.Services.GetRequiredService<SiloMeter>();
        return host;
    }
}
