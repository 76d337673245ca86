using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.FastPath;
using Oms.FastPath.Publishing;
using Oms.FastPath.Recovery;
using Oms.Journal;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;

// FastPath: rings → log → engine → events, requests and tables. Start-up and recovery are this one path.
if (!ProcessArguments.TryParse(args, out ProcessArguments? arguments))
{
    Console.Error.WriteLine($"usage: Oms.FastPath {ProcessArguments.Usage}");
    return ProcessExitCode.Misconfigured;
}

try
{
    SystemConfiguration configuration = ConfigurationFolder.Load(arguments.ConfigsFolder);
    var data = new DataFolder(arguments.DataFolder);
    var region = SharedRegion.ForDataFolder(data.Path);
    using HealthFile health = HealthFile.Open(region, "fastpath", "");
    CorePinning.PinTo(configuration.Deployment.FastPathCore, arguments.ConfigsFolder);

    var clock = new NeverBackClock(TimeProvider.System);
    using RingSet rings = RingSet.Open(region, configuration, clock);
    health.Say(ProcessState.Starting, "replaying the log");
    RecoveredState recovered = LogReplay.Run(data.Log, rings, health);
    clock.NotBefore(recovered.LastUnixNanos);
    using var log = new LogWriter(data.Log, recovered.Tail, recovered.LogSequenceLogged + 1);
    using StatePublisher tables = StatePublisher.Open(region, configuration.Limits);
    var dutyCycle = new DutyCycle(recovered.Engine, log, rings, tables, clock, health);
    dutyCycle.Resume(recovered);
    dutyCycle.Define(configuration);
    dutyCycle.Start();
    health.Say(ProcessState.Ready, "");
    dutyCycle.RunForever(configuration.Deployment.IdlePolicy);
    return ProcessExitCode.Failed;
}
catch (LogDamagedException problem)
{
    Console.Error.WriteLine($"{problem.Message}; nothing was changed, FastPath does not start");
    return ProcessExitCode.Failed;
}
catch (Exception problem) when (ExitCode.Of(problem) is { } code)
{
    Console.Error.WriteLine(problem.Message);
    return code;
}
