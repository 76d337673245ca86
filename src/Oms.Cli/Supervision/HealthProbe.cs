using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;

namespace Oms.Cli.Supervision;

/// <summary>Ready is what the process itself wrote into its health file, a moment ago.</summary>
internal sealed class HealthProbe(string dataFolder, string role) : IReadinessProbe
{
    public Task<ProbeAnswer> AskAsync(int pid, CancellationToken cancellation) => Task.FromResult(Ask(pid));

    private ProbeAnswer Ask(int pid)
    {
        try
        {
            ProcessHealth? health = HealthFile.Read(SharedRegion.ForDataFolder(dataFolder), role);
            return health is null || health.Pid != pid
                ? new(SupervisedState.Unresponsive, "has not said anything yet")
                : Judge(health);
        }
        catch (Exception exception) when (exception is IOException or LayoutMismatchException)
        {
            return new(SupervisedState.Unresponsive, exception.Message);
        }
    }

    private static ProbeAnswer Judge(ProcessHealth health) => health switch
    {
        { IsFresh: false } =>
            new(SupervisedState.Unresponsive, $"silent for {health.HeartbeatAge.TotalSeconds:F0} s"),
        { State: ProcessState.Ready } => new(SupervisedState.Ready, health.Detail),
        { State: ProcessState.Degraded } => new(SupervisedState.Degraded, health.Detail),
        { State: ProcessState.Stopping } => new(SupervisedState.Degraded, "stopping"),
        _ => new(SupervisedState.Starting, health.Detail),
    };
}
