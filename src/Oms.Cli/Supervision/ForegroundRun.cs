using Microsoft.Extensions.Logging;
using Oms.Cli.Checks;
using Oms.Cli.Preparation;
using Oms.Domain.Configuration;

namespace Oms.Cli.Supervision;

/// <summary><c>oms up</c>: checks, prepares, starts, watches until it is told to stop, stops.</summary>
internal sealed class ForegroundRun(
    UpRequest request, SupervisorTimings timings, TimeProvider clock, TextWriter output)
{
    private readonly DataFolder _data = request.Data;
    private readonly StateFile _stateFile = new(request.Data);

    /// <param name="ready">Called once, when every process is ready.</param>
    /// <exception cref="RefusedException">It cannot run; nothing is left running.</exception>
    public async Task RunAsync(Func<Task> ready, CancellationToken stop)
    {
        DataFolderCheck.Check(_data);
        using SupervisorLock? held = SupervisorLock.TryTake(_data);
        if (held is null)
        {
            throw request.AlreadyRunning();
        }

        PrivateFile.CreateFolder(_data.ProcessLogs);
        using ILoggerFactory loggers = SupervisorLog.Open(request.System, _data);
        ILogger logger = loggers.CreateLogger(nameof(Supervisor));
        await ClearAsync(logger);
        string natsServer = await NatsServerPackage.ForUser.EnsureAsync(output, stop);
        PortCheck.Check(request.System.Deployment);
        PreparedDeployment.Write(_data, request.System, request.Simulator, clock);
        LaunchPlan plan = LaunchPlan.Of(
            request.Configs, _data, request.System, request.Simulator, request.Executables, natsServer);
        using var launcher = new Launcher(_data, clock);
        var supervisor =
            new Supervisor(plan, _data, request.Configs, launcher, _stateFile, timings, clock, logger);
        held.Write(supervisor.Identity);
        _stateFile.Write(supervisor.Report());
        var snapshots = new SnapshotSchedule(
            LaunchPlan.SnapshotRun(request.Configs, _data, request.Executables),
            _data,
            request.System.Deployment.Log.SnapshotEveryBytes,
            launcher,
            timings,
            clock,
            logger);
        await RunAsync(supervisor, snapshots, ready, stop);
    }

    private async Task RunAsync(
        Supervisor supervisor, SnapshotSchedule snapshots, Func<Task> ready, CancellationToken stop)
    {
        try
        {
            await output.WriteLineAsync("starting");
            await supervisor.StartAsync(stop);
            await ready();
            await Task.WhenAll(supervisor.WatchAsync(stop), snapshots.WatchAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped while starting.
        }
        finally
        {
            await output.WriteLineAsync("stopping");
            await supervisor.StopAsync();
            string? kept = RegionRemoval.Run(_data, clock);
            _stateFile.Delete();
            await output.WriteLineAsync(kept ?? "stopped");
        }
    }

    // The lock is ours: whoever wrote the state file is dead.
    private async Task ClearAsync(ILogger logger)
    {
        if (_stateFile.SetAsideDamaged() is { } done)
        {
            await output.WriteLineAsync(done);
        }

        if (_stateFile.Read() is { } stale)
        {
            await output.WriteLineAsync(
                $"the supervisor of pid {stale.Pid} died without stopping; clearing up after it");
        }

        int ended = await Leftovers.EndAsync(_data, clock, logger);
        if (ended > 0)
        {
            await output.WriteLineAsync($"ended {ended} processes that it left behind");
        }

        _stateFile.Delete();
    }
}
