using Microsoft.Extensions.Hosting;
using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.Grains.Markets;
using Oms.Grains.Strategies;
using Oms.SharedMemory.Regions;
using Oms.Silo.Feed;
using Oms.Silo.Hosting;

if (!SiloArguments.TryParse(args, out SiloArguments? arguments))
{
    return ExitCode.Say(ProcessExitCode.Misconfigured, $"usage: Oms.Silo {SiloArguments.Usage}");
}

using var stop = new StopSignal();
try
{
    SystemConfiguration configuration = ConfigurationFolder.Load(arguments.Process.ConfigsFolder);
    var data = new DataFolder(arguments.Process.DataFolder);
    var region = SharedRegion.ForDataFolder(data.Path);
    var state = new FeedState();
    using SiloRole role = SiloRole.Take(region, arguments.IsJoining);
    await using var nats = NatsLink.Create(configuration.Deployment.NatsPort, NatsLink.ReadPassword(data));
    await using var health = SiloHealth.Start(role.Health, nats, state);
    await NatsLink.WaitAsync(nats, state, stop.Token);
    state.Await("orleans");
    using var prices = new LivePrices(region);
    var floor = new StrategyFloor(configuration.Strategies, region, StrategyFloor.Kinds, TimeProvider.System);
    // Never disposed: whatever it holds ends with the process.
    IHost orleans = SiloHost.Build(
        SiloLog.Create(configuration, data, role), data, role, nats, prices, floor, state,
        configuration.Deployment.Telemetry);
    await orleans.StartAsync(stop.Token);

    // One silo of all on FastPath's host: the others wait here until it is gone.
    using LiveEvents live = await LiveEvents.OpenAsync(
        region, state, configuration.Deployment.Log.Durability == Durability.Disk, stop.Token);
    await using IAsyncDisposable watching = health.Watch(live);
    state.Await("lease");
    await using FeedLease lease = await FeedLease.TakeAsync(nats, region, TimeProvider.System, stop.Token);
    state.Lead(lease.Token);
    using var end = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, lease.Lost);
    await FeedRun.RunAsync(configuration, data, region, live, nats, state, lease, orleans.Services, end.Token);
    lease.ThrowIfLost();
    await orleans.StopAsync(SiloHost.StopTimeout);
    return ProcessExitCode.Done;
}
catch (Exception failure) when (failure is not OutOfMemoryException)
{
    return ExitCode.Of(failure, stop.Token);
}
