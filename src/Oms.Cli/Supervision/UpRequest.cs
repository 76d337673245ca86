using Oms.Configuration;
using Oms.Domain.Configuration;

namespace Oms.Cli.Supervision;

/// <summary>A deployment that is to be started, with its configuration read.</summary>
internal sealed record UpRequest(
    string Configs,
    DataFolder Data,
    string Executables,
    SystemConfiguration System,
    SimulatorConfiguration? Simulator)
{
    /// <exception cref="ConfigurationException">Carries every problem.</exception>
    public static UpRequest Load(string configs, DataFolder data, string executables)
    {
        SystemConfiguration system = ConfigurationFolder.Load(configs);
        SimulatorConfiguration? simulator =
            system.Deployment.SimulatorPort is null
                ? null
                : ConfigurationFolder.LoadSimulator(configs, system);
        return new(configs, data, executables, system, simulator);
    }

    /// <summary>Said when a second supervisor is asked for.</summary>
    public RefusedException AlreadyRunning()
    {
        string pid = SupervisorLock.RunningSupervisor(Data) is { } process ? $" (pid {process.Pid})" : "";
        return new($"already running on {Data.Path}{pid}: see `oms status`, end it with `oms down`");
    }
}
