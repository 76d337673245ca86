using System.CommandLine;
using Oms.Cli.Linux;
using Oms.Cli.Preparation;
using Oms.Cli.Supervision;
using Oms.Domain.Configuration;

namespace Oms.Cli.Commands;

/// <summary><c>oms up</c>: starts every process and keeps it running.</summary>
internal static class UpCommand
{
    private const string DetachOption = "--detach";
    private const string ExecutablesOption = "--executables";

    /// <summary>From <c>artifacts/bin/Oms.Cli/release</c>.</summary>
    private static readonly string BuiltExecutables =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));

    public static Command Create(DeploymentOptions deployment)
    {
        var detach = new Option<bool>(DetachOption) { Description = "Return when all is ready." };
        var output = new Option<string?>(UpOutput.Option) { Hidden = true };
        Option<string> executables = Executables();
        var command = new Command("up", "Starts every process, keeps them running, and stops them at Ctrl-C.")
        {
            detach, output, executables,
        };
        command.SetAction(async (arguments, _) =>
        {
            if (arguments.GetValue(output) is { } path)
            {
                StandardOutput.MoveTo(path);
            }

            UpRequest request = UpRequest.Load(
                deployment.ConfigsOf(arguments),
                deployment.DataOf(arguments),
                Path.GetFullPath(arguments.GetRequiredValue(executables)));
            using var signals = new StopSignals();
            if (arguments.GetValue(detach))
            {
                await DetachAsync(request, signals.Token);
            }
            else
            {
                await RunAsync(request, signals.Token);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Where the programs of all processes are.</summary>
    public static Option<string> Executables() => new(ExecutablesOption)
    {
        Description = "Folder with PROJECT/release/PROJECT of each process.",
        Hidden = true,
        DefaultValueFactory = _ => BuiltExecutables,
    };

    private static async Task RunAsync(UpRequest request, CancellationToken stop)
    {
        var run = new ForegroundRun(request, new SupervisorTimings(), TimeProvider.System, Console.Out);
        await run.RunAsync(
            async () =>
            {
                await ShowAsync(request.Data, stop);
                Console.WriteLine("Ctrl-C, or `oms down`, stops it.");
            },
            stop);
    }

    private static async Task DetachAsync(UpRequest request, CancellationToken stop)
    {
        string[] arguments = [
            "up", "--configs", request.Configs, "--data", request.Data.Path,
            ExecutablesOption, request.Executables,
        ];
        await new DetachedStart(request, TimeProvider.System).RunAsync(arguments, Console.Out, stop);
        await ShowAsync(request.Data, stop);
        Console.WriteLine("`oms down` stops it.");
    }

    private static async Task ShowAsync(DataFolder data, CancellationToken cancellation)
    {
        StatusTable.WriteStarted(await StatusReport.MakeAsync(data, cancellation));
        Console.WriteLine($"client certificate  {Certificates.ClientFile(data)}");
        Console.WriteLine($"authority           {Certificates.AuthorityFile(data)}");
        Console.WriteLine($"token               {data.OperatorTokenFile}");
        Console.WriteLine($"logs                {data.ProcessLogs}");
    }
}
