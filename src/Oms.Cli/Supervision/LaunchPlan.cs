using System.Collections.Immutable;
using Oms.Cli.Preparation;
using Oms.Configuration;
using Oms.Domain.Configuration;

namespace Oms.Cli.Supervision;

/// <summary>The processes of a deployment, in the order of their start.</summary>
internal sealed record LaunchPlan(ImmutableArray<ProcessDefinition> Processes)
{
    /// <summary>Names a folder with recorded market data for the simulator.</summary>
    private const string MarketDataVariable = "OMS_MARKET_DATA";

    /// <summary>Where recordings of spot books lie in such a folder.</summary>
    private static readonly string[] RecordingFolders = ["", "market/hftbacktest/spot"];

    /// <summary>And those of futures.</summary>
    private static readonly string[] FuturesRecordingFolders = ["market/hftbacktest/usdm"];

    public const string FastPathProject = "Oms.FastPath";

    /// <summary>The program of a project.</summary>
    /// <param name="executables">The folder with <c>Project/release/Project</c>.</param>
    public static string PathOf(string executables, string project) =>
        Path.Combine(executables, project, "release", project);

    /// <summary>The short run that makes a snapshot of FastPath's log.</summary>
    public static ProcessDefinition SnapshotRun(string configs, DataFolder data, string executables) => new()
    {
        Name = "snapshot",
        Program = PathOf(executables, FastPathProject),
        Arguments = ["snapshot", "--configs", configs, "--data", data.Path],
        Address = "",
        HealthUri = null,
        Needs = [],
    };

    /// <param name="executables">The folder with <c>Project/release/Project</c>.</param>
    /// <param name="natsServer">The path of nats-server.</param>
    /// <exception cref="RefusedException">An executable is missing.</exception>
    public static LaunchPlan Of(
        string configs,
        DataFolder data,
        SystemConfiguration system,
        SimulatorConfiguration? simulator,
        string executables,
        string natsServer)
    {
        DeploymentConfiguration deployment = system.Deployment;
        string[] common = ["--configs", configs, "--data", data.Path];
        ProcessDefinition Ours(
            string name, string project, string address, string[] needs, string[] more) => new()
        {
            Name = name,
            Program = PathOf(executables, project),
            Arguments = [.. common, .. more],
            Address = address,
            HealthUri = null,
            Needs = [.. needs],
        };

        string[] exchange = simulator is null ? [] : [ProcessNames.Simulator];
        var plan = new LaunchPlan([
            Nats(data, deployment, natsServer),
            .. exchange.Select(_ => Simulator(data, deployment, executables, simulator?.Seed ?? 0)),
            Ours(ProcessNames.FastPath, FastPathProject, "", [], []),
            Ours(
                ProcessNames.Connectors, "Oms.Connectors", "", [ProcessNames.FastPath, .. exchange],
                ["--connector", "0"]),
            Ours(ProcessNames.Silo, "Oms.Silo", "", [ProcessNames.Nats, ProcessNames.FastPath], []),
            Ours(
                ProcessNames.Gateway, "Oms.Gateway", $"https://localhost:{deployment.GatewayPort}",
                [ProcessNames.FastPath, ProcessNames.Connectors, ProcessNames.Silo], []),
        ]);
        plan.CheckPrograms();
        return plan;
    }

    private static ProcessDefinition Nats(
        DataFolder data, DeploymentConfiguration deployment, string natsServer) =>
        new()
        {
            Name = ProcessNames.Nats,
            Program = natsServer,
            Arguments = ["--config", NatsServerFile.PathIn(data)],
            Address = $"nats://127.0.0.1:{deployment.NatsPort}",
            HealthUri = new($"http://127.0.0.1:{deployment.NatsMonitoringPort}/healthz?js-enabled=true"),
            Needs = [],
        };

    private static ProcessDefinition Simulator(
        DataFolder data, DeploymentConfiguration deployment, string executables, int seed) =>
        new()
        {
            Name = ProcessNames.Simulator,
            Program = PathOf(executables, "Oms.ExchangeSimulator"),
            Arguments = [
                "--port", $"{deployment.SimulatorPort}",
                "--accounts", PreparedDeployment.SimulatorAccountsPath(data),
                "--data", data.Simulator,
                "--seed", $"{seed}",
                .. RecordingsArguments("--recordings", RecordingFolders),
                .. RecordingsArguments("--futures-recordings", FuturesRecordingFolders),
            ],
            Address = $"http://127.0.0.1:{deployment.SimulatorPort}",
            HealthUri = new($"http://127.0.0.1:{deployment.SimulatorPort}/sim/ready"),
            Needs = [],
        };

    private static string[] RecordingsArguments(string option, string[] folders)
    {
        string? marketData = Environment.GetEnvironmentVariable(MarketDataVariable);
        string? folder = string.IsNullOrEmpty(marketData)
            ? null
            : folders
                .Select(name => Path.GetFullPath(Path.Combine(marketData, name)))
                .LastOrDefault(
                    path => Directory.Exists(path) && Directory.EnumerateFiles(path, "*.gz").Any());
        return folder is null ? [] : [option, folder];
    }

    private void CheckPrograms()
    {
        string[] missing =
            [.. Processes.Select(process => process.Program).Where(program => !File.Exists(program))];
        if (missing.Length > 0)
        {
            throw new RefusedException($"not built: {string.Join(", ", missing)}");
        }
    }
}
