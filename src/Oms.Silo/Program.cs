using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NATS.Client.JetStream;
using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;
using Oms.Silo.Feed;
using Oms.Silo.Files;
using Oms.Silo.Grains;
using Oms.Silo.Hosting;
using Oms.Silo.Streams;
using Oms.Silo.Text;

if (!ProcessArguments.TryParse(args, out ProcessArguments? arguments))
{
    return ExitCode.Say(ProcessExitCode.Misconfigured, $"usage: Oms.Silo {ProcessArguments.Usage}");
}

using var stop = new StopSignal();
try
{
    SystemConfiguration configuration = ConfigurationFolder.Load(arguments.ConfigsFolder);
    var data = new DataFolder(arguments.DataFolder);
    var region = SharedRegion.ForDataFolder(data.Path);
    var state = new FeedState();
    using HealthFile file = SiloRole.Take(region);
    await using var nats = NatsLink.Create(configuration.Deployment.NatsPort, NatsLink.ReadPassword(data));
    await using var health = SiloHealth.Start(file, nats, state);
    using LiveEvents live = await LiveEvents.OpenAsync(
        region, state, configuration.Deployment.Log.Durability == Durability.Disk, stop.Token);
    await using IAsyncDisposable watching = health.Watch(live);
    await NatsLink.WaitAsync(nats, state, stop.Token);
    state.Await("orleans");
    // Never disposed: whatever it holds ends with the process.
    IHost orleans = SiloHost.Build(data, nats);
    await orleans.StartAsync(stop.Token);

    var names = new EventNames(live.Listings);
    using var files = new TradeFiles(data, names);
    var streams = new AccountStreams(new NatsJSContext(nats), new StreamSettings(), names);
    var grains = new GrainDelivery(orleans.Services.GetRequiredService<IGrainFactory>(), names);
    var pump = new EventPump(
        live,
        data,
        new CheckpointFile(data.Silo),
        [.. configuration.Accounts.Select(account => account.Name)],
        [files, streams, grains],
        names,
        state,
        orleans.Services.GetRequiredService<ILogger<EventPump>>());
    await pump.RunAsync(stop.Token);
    await orleans.StopAsync(SiloHost.StopTimeout);
    return ProcessExitCode.Done;
}
catch (Exception failure) when (failure is not OutOfMemoryException)
{
    return ExitCode.Of(failure, stop.Token);
}
