using System.Collections.Immutable;
using Oms.Cli.Linux;
using Oms.Domain.Configuration;
using Oms.SharedMemory.Regions;

namespace Oms.Cli.Supervision;

/// <summary>
/// What is true now: the state file says who should be there, <c>/proc</c> who is, and the processes how
/// they are. Nothing is taken from the state file that can be seen.
/// </summary>
internal static class StatusReport
{
    public static async Task<ImmutableArray<StatusRow>> MakeAsync(
        DataFolder data, CancellationToken cancellation)
    {
        SupervisorReport? report = new StateFile(data).Read(out string problem);
        return report is null
            ? await MakeWithoutStateFileAsync(data, problem, cancellation)
            : await MakeAsync(data, report, cancellation);
    }

    private static async Task<ImmutableArray<StatusRow>> MakeAsync(
        DataFolder data, SupervisorReport report, CancellationToken cancellation)
    {
        bool isSupervised = ProcessTable.IsAlive(report.Identity());
        StatusRow[] rows = await Task.WhenAll(report.Processes.Select(
            process => LookAsync(process, data, report, isSupervised, cancellation)));
        return [.. rows];
    }

    // Who is there is then known by how it was started; where nats-server and the simulator answer is not.
    private static async Task<ImmutableArray<StatusRow>> MakeWithoutStateFileAsync(
        DataFolder data, string problem, CancellationToken cancellation)
    {
        ILookup<string, int> running = ProcessTable.WithEnvironment(Leftovers.Variable, data.Path)
            .ToLookup(process => ProcessNames.OfProgram(ProcessTable.ProgramOf(process.Pid)), it => it.Pid);
        bool isMissed = running.Count > 0 || SupervisorLock.RunningSupervisor(data) is not null
            || File.Exists(new StateFile(data).Path);
        string reason = isMissed ? problem : "";
        StatusRow[] rows = await Task.WhenAll(ProcessNames.All.Select(
            name => running[name].Any()
                ? LookAsync(name, running[name].First(), reason, data, cancellation)
                : Task.FromResult(Stopped(name, reason))));
        return [.. rows];
    }

    private static async Task<StatusRow> LookAsync(
        string name, int pid, string reason, DataFolder data, CancellationToken cancellation)
    {
        ProbeAnswer answer = name is ProcessNames.Nats or ProcessNames.Simulator
            ? new(SupervisedState.Unresponsive, "not asked")
            : await ReadinessProbes.Of(data, name, healthUri: null).AskAsync(pid, cancellation);
        string detail = DetailOf(name, answer, data);
        return Stopped(name, detail.Length > 0 ? $"{reason}; {detail}" : reason) with
        {
            Pid = pid, State = answer.State, ResidentMegabytes = ProcessTable.ResidentMegabytes(pid),
        };
    }

    private static async Task<StatusRow> LookAsync(
        ProcessReport process,
        DataFolder data,
        SupervisorReport report,
        bool isSupervised,
        CancellationToken cancellation)
    {
        if (process.Pid is not { } pid || !ProcessTable.IsAlive(new(pid, process.StartTicks ?? 0)))
        {
            return Absent(process, report, isSupervised);
        }

        ProbeAnswer answer =
            await ReadinessProbes.Of(data, process.Name, process.HealthUri).AskAsync(pid, cancellation);
        string detail = DetailOf(process.Name, answer, data);

        // Before it was heard for the first time, silence is starting.
        bool isStarting = !answer.IsSignOfLife && process.State == SupervisedState.Starting;
        return new()
        {
            Name = process.Name,
            Pid = pid,
            State = isStarting ? SupervisedState.Starting : answer.State,
            Address = process.Address,
            ResidentMegabytes = ProcessTable.ResidentMegabytes(pid),
            Restarts = process.Restarts,
            Detail = isSupervised
                ? detail
                : $"its supervisor (pid {report.Pid}) died; {detail}".Trim(),
        };
    }

    // Accounts are the connectors' affair: their row says which ones cannot trade.
    private static string DetailOf(string name, ProbeAnswer answer, DataFolder data)
    {
        string accounts = name == ProcessNames.Connectors
            ? AccountGates.NotReady(SharedRegion.ForDataFolder(data.Path))
            : "";
        return string.Join("; ", new[] { answer.Detail, accounts }.Where(text => text.Length > 0));
    }

    private static StatusRow Absent(ProcessReport process, SupervisorReport report, bool isSupervised)
    {
        if (!isSupervised)
        {
            return Stopped(process.Name, $"its supervisor (pid {report.Pid}) died", process.Restarts);
        }

        SupervisedState state = (report.Phase, process.State, process.Pid) switch
        {
            (SupervisorPhase.Stopping, _, _) => SupervisedState.Stopped,
            (_, SupervisedState.Starting, null) => SupervisedState.Starting,
            _ => SupervisedState.Restarting,
        };
        string detail = process.Pid is { } pid ? $"pid {pid} ended" : process.Detail;
        return Stopped(process.Name, detail, process.Restarts)
            with { State = state, Address = process.Address };
    }

    private static StatusRow Stopped(string name, string detail, int restarts = 0) => new()
    {
        Name = name,
        Pid = null,
        State = SupervisedState.Stopped,
        Address = "",
        ResidentMegabytes = 0,
        Restarts = restarts,
        Detail = detail,
    };
}
