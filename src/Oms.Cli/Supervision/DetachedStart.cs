using System.Diagnostics;
using Oms.Cli.Checks;
using Oms.Cli.Linux;
using Oms.Cli.Preparation;
using Oms.Domain.Configuration;

namespace Oms.Cli.Supervision;

/// <summary>
/// <c>oms up --detach</c>: starts the supervisor as a session of its own that prints into a file, and waits
/// until it says that all is ready.
/// </summary>
internal sealed class DetachedStart(UpRequest request, TimeProvider clock)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(90);
    private readonly DataFolder _data = request.Data;

    public async Task RunAsync(string[] arguments, TextWriter output, CancellationToken stop)
    {
        DataFolderCheck.Check(_data);
        using (SupervisorLock? free = SupervisorLock.TryTake(_data))
        {
            if (free is null)
            {
                throw request.AlreadyRunning();
            }
        }

        _ = await NatsServerPackage.ForUser.EnsureAsync(output, stop);
        PrivateFile.CreateFolder(_data.ProcessLogs);
        string printed = OutputFile.PathOf(_data, "supervisor");
        OutputFile.Rotate(printed, 0);
        using Process supervisor = Start([.. arguments, UpOutput.Option, printed]);
        ProcessIdentity identity = ProcessTable.Find(supervisor.Id) ?? new(supervisor.Id, 0);
        try
        {
            await WaitAsync(supervisor, identity, printed, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Signals.EndAsync(identity, StopPatience, clock);
            throw new RefusedException("interrupted before all was ready; everything is stopped");
        }
    }

    private static Process Start(string[] arguments)
    {
        string self = Environment.ProcessPath ?? throw new RefusedException("the path of oms is not known");
        string setsid = SearchPath.OfUser.Find("setsid")
            ?? throw new RefusedException("setsid of util-linux is missing");
        var start = new ProcessStartInfo(setsid, [self, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        Process process = Process.Start(start)
            ?? throw new RefusedException("the supervisor cannot be started");
        process.StandardInput.Close();
        return process;
    }

    private async Task WaitAsync(
        Process supervisor, ProcessIdentity identity, string printed, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), clock);
        while (await timer.WaitForNextTickAsync(stop))
        {
            if (supervisor.HasExited)
            {
                string early = await supervisor.StandardError.ReadToEndAsync(stop);
                string text = File.Exists(printed) ? await File.ReadAllTextAsync(printed, stop) : "";
                throw new RefusedException((early + text).TrimEnd());
            }

            SupervisorReport? report = new StateFile(_data).Read();
            if (report?.Phase == SupervisorPhase.Watching && report.Identity() == identity)
            {
                return;
            }
        }
    }
}
