using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Oms.Configuration;
using Oms.Connectors;
using Oms.Domain.Configuration;
using Oms.Keys;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;

// A connector: requests ring → accounts → exchange → reports ring, and the exchange's streams → reports ring.
if (!CommandLine.TryParse(args, out CommandLine? commandLine))
{
    Console.Error.WriteLine(CommandLine.Usage);
    return ProcessExitCode.Misconfigured;
}

try
{
    SystemConfiguration configuration = ConfigurationFolder.Load(commandLine.Process.ConfigsFolder);
    var data = new DataFolder(commandLine.Process.DataFolder);
    var region = SharedRegion.ForDataFolder(data.Path);
    using HealthFile healthFile = HealthFile.Open(region, "connectors", "");
    using ILoggerFactory loggers = ProcessLog.Open(configuration, data, "connectors");
    using ExchangeKeys keys = await RequiredKeys.Open(configuration, data, TimeProvider.System, loggers);
    ILogger logger = loggers.CreateLogger("Oms.Connectors");
    try
    {
        var health = new ConnectorHealth(healthFile);
        ImmutableArray<ConnectorDefinitions> definitions = await FastPathRegion.Wait(
            region, configuration, commandLine.Connector, health, TimeProvider.System);
        await new ConnectorProcess(
            region, commandLine.Connector, configuration.Deployment.IdlePolicy, keys, health,
            TimeProvider.System, loggers).Run(definitions);
        return ProcessExitCode.Failed;
    }
    catch (Exception exception)
    {
        Log.Ends(logger, exception);
        throw;
    }
}
catch (Exception problem)
    when (problem is ConfigurationException or KeysException { MayPass: false } or NotSupportedException)
{
    Console.Error.WriteLine(problem.Message);
    return ProcessExitCode.Misconfigured;
}
catch (Exception problem)
    when (problem is LayoutMismatchException or RegionRebuiltException or KeysException)
{
    Console.Error.WriteLine(problem.Message);
    return ProcessExitCode.Failed;
}
catch (RoleTakenException problem)
{
    Console.Error.WriteLine(problem.Message);
    return ProcessExitCode.RoleTaken;
}
