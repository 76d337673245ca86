using Microsoft.AspNetCore.Builder;
using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.Gateway;
using Oms.Gateway.Access;
using Oms.Gateway.Commands;
using Oms.Gateway.Events;
using Oms.Journal.Audit;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;
using Serilog.Core;
using Serilog.Extensions.Logging;

if (!ProcessArguments.TryParse(args, out ProcessArguments? arguments))
{
    await Console.Error.WriteLineAsync($"usage: Oms.Gateway {ProcessArguments.Usage}");
    return ProcessExitCode.Misconfigured;
}

try
{
    SystemConfiguration configuration = ConfigurationFolder.Load(arguments.ConfigsFolder);
    DeploymentConfiguration deployment = configuration.Deployment;
    var data = new DataFolder(arguments.DataFolder);
    var identities = IdentityRegister.Load(data.IdentitiesFile, TimeProvider.System);
    var certificate = new ServerCertificate(data);
    using var audit = new AuditWriter(data.Audit);

    var region = SharedRegion.ForDataFolder(data.Path);
    using var health = HealthFile.Open(region, ProcessLog.Role, $"https://127.0.0.1:{deployment.GatewayPort}");

    var level = new LoggingLevelSwitch();
    await using var processLog = ProcessLog.Create(configuration, data, level);
    using var loggers = new SerilogLoggerFactory(processLog);
    ILogger logger = loggers.CreateLogger("Oms.Gateway");
    AppDomain.CurrentDomain.UnhandledException += (_, failure) =>
        logger.Failed((Exception)failure.ExceptionObject);

    health.Say(ProcessState.Starting, "waiting for fastpath");
    logger.WaitingForFastPath();
    using var attachment = await RegionAttachment.Await(region, health.Beat, TimeProvider.System);

    await using WebApplication server = GatewayServer.Build(
        new(configuration, data, identities, certificate, audit, attachment, health, processLog, level));
    health.Say(ProcessState.Starting, "reading the log");
    server.Services.GetRequiredService<CommandRing>().Start();
    var events = server.Services.GetRequiredService<EventPump>();
    events.Start();
    await GatewayServer.AwaitCaughtUp(events, health);
    logger.CaughtUp(server.Services.GetRequiredService<GatewayViews>().Executions.LastLogSequence);
    logger.Listening($"https://127.0.0.1:{deployment.GatewayPort}");
    await server.RunAsync();
    return ProcessExitCode.Done;
}
catch (Exception exception) when (ExitCode.Of(exception) is { } exitCode)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return exitCode;
}
