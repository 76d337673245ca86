using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.SharedMemory.Regions;
using Oms.Silo.Control;
using Oms.Silo.Files;
using Oms.Silo.Grains;
using Oms.Silo.Reports;
using Oms.Silo.Streams;
using Oms.Silo.Text;

namespace Oms.Silo.Feed;

/// <summary>
/// All that the one silo does that has FastPath's events: the feed itself, and beside it what grains are told of
/// configuration, what FastPath is told of limits, and reports.
/// </summary>
internal static class FeedRun
{
    /// <summary>Returns when it is canceled.</summary>
    public static async Task RunAsync(
        SystemConfiguration configuration,
        DataFolder data,
        SharedRegion region,
        LiveEvents live,
        INatsConnection nats,
        FeedState state,
        FeedLease lease,
        IServiceProvider services,
        CancellationToken cancellation)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        ImmutableArray<AccountName> accounts = [.. configuration.Accounts.Select(account => account.Name)];
        var names = new EventNames(live.Listings);
        using var files = new TradeFiles(data, names);
        using var transferFiles = new TransferFiles(data, names);
        var jetStream = new NatsJSContext(nats);
        using var streams = new AccountStreams(jetStream, new StreamSettings(), names);
        ImmutableArray<IEventSink> sinks =
        [
            files,
            transferFiles,
            streams,
            new TransferStream(jetStream, new StreamSettings(), names),
            new GrainDelivery(grains, names),
            new TransferDelivery(grains, names, configuration.Accounts),
        ];
        var policy = new PolicyDelivery(grains, names, new(names, configuration.Accounts));
        var pump = new EventPump(
            live, data, new CheckpointFile(data.Silo), accounts, sinks, [policy], names, state, lease.ThrowIfLapsed,
            services.GetRequiredService<ILogger<EventPump>>());
        var configured = new ConfiguredGrains(
            grains, configuration, services.GetRequiredService<ILogger<ConfiguredGrains>>());
        using var link = new CommandLink(region);
        TransferDesk transfers = services.GetRequiredService<TransferDesk>();
        transfers.Open(link, live.Listings);
        var push = new LimitPush(
            link, grains, new(live.Listings, configuration.Accounts),
            services.GetRequiredService<ILogger<LimitPush>>());
        var reports = new ReportWriter(
            data, accounts, grains, TimeProvider.System, services.GetRequiredService<ILogger<ReportWriter>>());
        var archive = new TradeArchive(
            files, TimeProvider.System, services.GetRequiredService<ILogger<TradeArchive>>());
        var strategies = new StrategyWatch(
            grains, configuration.Strategies, services.GetRequiredService<ILogger<StrategyWatch>>());
        await EndTogether(
            [
                pump.RunAsync, configured.RunAsync, push.RunAsync, reports.RunAsync, strategies.RunAsync,
                transfers.ServeAsync, archive.RunAsync,
            ],
            cancellation);
    }

    /// <summary>Where one of them ends by a failure, the others end too.</summary>
    private static async Task EndTogether(
        ImmutableArray<Func<CancellationToken, Task>> runs, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] work = [.. runs.Select(run => run(end.Token))];
        await foreach (Task ended in Task.WhenEach(work))
        {
            if (ended.IsFaulted)
            {
                await end.CancelAsync();
            }
        }

        await Task.WhenAll(work);
    }
}
