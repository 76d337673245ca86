using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Oms.Cli.Linux;
using Oms.Cli.Supervision;
using Oms.Domain.Configuration;
using Oms.SharedMemory.Regions;
using Oms.Testing;

namespace Oms.Cli.Tests;

/// <summary>
/// A deployment of its own: ports, configuration, data folder; the real <c>oms</c>, the real nats-server, and
/// a stand-in for each of our other processes. Whatever it started is gone when it is disposed.
/// </summary>
internal sealed class TestDeployment : IAsyncDisposable
{
    public static readonly string Binaries =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));

    private static readonly string Oms = Path.Combine(Binaries, "Oms.Cli", "release", "oms");

    private readonly List<Process> _started = [];

    public TestDeployment()
    {
        Root = Directory.CreateTempSubdirectory("oms-cli-").FullName;
        Data = new(Path.Combine(Root, "data"));
        _ = Directory.CreateDirectory(Configs);
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "configs")))
        {
            File.Copy(file, Path.Combine(Configs, Path.GetFileName(file)));
        }

        Ports = Loopback.FreePorts(4);
        Replace("deployment.yaml", "14222", Ports[0]);
        Replace("deployment.yaml", "14223", Ports[1]);
        Replace("deployment.yaml", "7443", Ports[2]);
        Replace("deployment.yaml", "18080", Ports[3]);
        Replace("exchanges.yaml", "18080", Ports[3]);
        string standIn = Path.Combine(Binaries, "Oms.Cli.StandIn", "release", "Oms.Cli.StandIn");
        string[] projects = ["ExchangeSimulator", "FastPath", "Connectors", "Silo", "Gateway"];
        foreach (string project in projects)
        {
            string folder = Path.Combine(Executables, "Oms." + project, "release");
            _ = Directory.CreateDirectory(folder);
            _ = File.CreateSymbolicLink(Path.Combine(folder, "Oms." + project), standIn);
        }
    }

    public string Root { get; }

    public DataFolder Data { get; }

    /// <summary>nats, its monitoring, gateway, simulator.</summary>
    public int[] Ports { get; }

    public string Configs => Path.Combine(Root, "configs");

    private string Executables => Path.Combine(Root, "bin");

    public void Replace(string file, string text, object by)
    {
        string path = Path.Combine(Configs, file);
        string before = File.ReadAllText(path);
        Assert.Contains(text, before);
        File.WriteAllText(path, before.Replace(text, $"{by}", StringComparison.Ordinal));
    }

    /// <summary>Makes a process exit with this code as soon as it is started, saying this twice.</summary>
    public void Fail(string role, int exitCode, string words)
    {
        _ = Directory.CreateDirectory(Path.Combine(Data.Path, "stand-in"));
        File.WriteAllText(Path.Combine(Data.Path, "stand-in", role + ".fails"), $"{exitCode}\n{words}\n");
    }

    /// <summary>What started and what ended, in the order in which it did.</summary>
    public string[] Order() =>
    [
        .. Directory.GetFiles(Path.Combine(Data.Path, "stand-in", "order"))
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal)
            .Select(name => name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..]),
    ];

    public Task<Run> UpDetachedAsync() => OmsAsync("up", "--detach", "--executables", Executables);

    public Process StartUp() => Start("up", "--executables", Executables);

    public Task<Run> OmsAsync(params string[] arguments) => TypeAsync("", arguments);

    /// <summary>Runs a command that reads this from its standard input.</summary>
    public async Task<Run> TypeAsync(string input, params string[] arguments)
    {
        Process process = Start(arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(deadline.Token);
        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts a command that believes it talks to a person.</summary>
    public Process StartAtTerminal(params string[] arguments)
    {
        string[] words = [Oms, .. arguments, "--configs", Configs, "--data", Data.Path];
        return Start("script", ["--quiet", "--return", "--command", string.Join(' ', words), "/dev/null"]);
    }

    public SupervisorReport? Report() => new StateFile(Data).Read();

    public ProcessIdentity Supervisor() =>
        Report()?.Identity() ?? throw new InvalidOperationException("no supervisor runs");

    public ProcessReport Report(string name) =>
        Assert.Single(Report()?.Processes ?? [], process => process.Name == name);

    public async Task<ImmutableArray<StatusRow>> StatusAsync(int exitCode)
    {
        Run run = await OmsAsync("status", "--json");
        Assert.True(exitCode == run.ExitCode, run.ToString());
        return [
            .. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize(line, SupervisionJson.Default.StatusRow))
                .OfType<StatusRow>(),
        ];
    }

    public ProcessIdentity[] Supervised() =>
        [.. ProcessTable.WithEnvironment(Leftovers.Variable, Data.Path)];

    public async ValueTask DisposeAsync()
    {
        if (SupervisorLock.RunningSupervisor(Data) is { } supervisor)
        {
            await Signals.EndAsync(supervisor, TimeSpan.FromSeconds(30), TimeProvider.System);
        }

        foreach (Process process in _started)
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            process.Dispose();
        }

        foreach (ProcessIdentity process in Supervised())
        {
            _ = Signals.Send(process, Signals.Kill);
        }

        SharedRegion.ForDataFolder(Data.Path).Delete();
        Directory.Delete(Root, recursive: true);
    }

    public Process Start(params string[] arguments) =>
        Start(Oms, [.. arguments, "--configs", Configs, "--data", Data.Path]);

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        Process process =
            Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        _started.Add(process);
        return process;
    }
}
