using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Oms.Cli.Supervision;
using Oms.Domain.Configuration;

namespace Oms.Cli.Commands;

/// <summary>
/// <c>oms verify-log</c>: proves the log. The work is done by FastPath's own program: what trades on a log
/// is what judges it.
/// </summary>
internal static class VerifyLogCommand
{
    public static Command Create(DeploymentOptions deployment)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        Option<string> executables = UpCommand.Executables();
        var command = new Command(
            "verify-log",
            "Proves the chain of the log, replays it, compares every event. Exit code 1 when it is damaged.")
        {
            json, executables,
        };
        command.SetAction((arguments, cancellation) => RunAsync(
            LaunchPlan.PathOf(arguments.GetRequiredValue(executables), LaunchPlan.FastPathProject),
            deployment.DataOf(arguments),
            arguments.GetValue(json),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string program, DataFolder data, bool asJson, CancellationToken cancellation)
    {
        string[] format = asJson ? ["--json"] : [];
        string[] arguments = ["verify-log", "--data", data.Path, .. format];
        try
        {
            using Process process = Process.Start(program, arguments);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode;
        }
        catch (Win32Exception exception)
        {
            throw new RefusedException($"{program} cannot be started: {exception.Message}");
        }
    }
}
