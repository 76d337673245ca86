using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Oms.Cli.Linux;
using Oms.Cli.Supervision;
using Oms.Domain.Configuration;

namespace Oms.Cli.Commands;

/// <summary><c>oms down</c>: stops every process.</summary>
internal static class DownCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static Command Create(DeploymentOptions deployment)
    {
        var command = new Command("down", "Stops every process. Exit code 0 also when nothing runs.");
        command.SetAction((arguments, cancellation) =>
            RunAsync(deployment.DataOf(arguments), TimeProvider.System, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        DataFolder data, TimeProvider clock, CancellationToken cancellation)
    {
        if (SupervisorLock.RunningSupervisor(data) is not { } supervisor)
        {
            return await ClearAsync(data, clock);
        }

        _ = Signals.Send(supervisor, Signals.Terminate);
        if (!await Signals.HasEndedAsync(supervisor, Patience, clock, cancellation))
        {
            throw new RefusedException(
                $"the supervisor (pid {supervisor.Pid}) has not ended after {Patience.TotalSeconds} s; " +
                "see `oms status`");
        }

        // The supervisor removes it; what it had to keep, somebody should hear of.
        ThrowIfKept(RegionRemoval.Run(data, clock));
        Console.WriteLine("stopped");
        return ExitCode.Done;
    }

    private static void ThrowIfKept(string? kept)
    {
        if (kept is not null)
        {
            throw new RefusedException(kept);
        }
    }

    private static async Task<int> ClearAsync(DataFolder data, TimeProvider clock)
    {
        if (!Directory.Exists(data.Run))
        {
            Console.WriteLine($"nothing runs on {data.Path}");
            return ExitCode.Done;
        }

        using SupervisorLock held = SupervisorLock.TryTake(data)
            ?? throw new RefusedException("a supervisor is just starting; try again");
        var stateFile = new StateFile(data);
        if (stateFile.SetAsideDamaged() is { } done)
        {
            Console.WriteLine(done);
        }

        SupervisorReport? report = stateFile.Read();
        int ended = await Leftovers.EndAsync(data, clock, NullLogger.Instance);
        string? kept = RegionRemoval.Run(data, clock);
        stateFile.Delete();
        ThrowIfKept(kept);
        string pid = report is null ? "" : $" (pid {report.Pid})";
        Console.WriteLine(report is null && ended == 0
            ? $"nothing runs on {data.Path}"
            : $"the supervisor{pid} had died; ended {ended} processes that it left behind");
        return ExitCode.Done;
    }
}
