using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Oms.Cli.Linux;
using Oms.Domain.Configuration;

namespace Oms.Cli.Supervision;

/// <summary>
/// Starts the processes of a plan in the order of their needs, keeps them running, and stops them in the
/// opposite order. One loop looks at all of them in turn; what it sees is in the state file.
/// </summary>
internal sealed class Supervisor
{
    private readonly ImmutableArray<SupervisedProcess> _processes;
    private readonly StateFile _stateFile;
    private readonly SupervisorTimings _timings;
    private readonly TimeProvider _clock;
    private readonly DataFolder _data;
    private readonly string _configs;
    private readonly ProcessIdentity _self;
    private SupervisorPhase _phase = SupervisorPhase.Starting;

    public Supervisor(
        LaunchPlan plan,
        DataFolder data,
        string configs,
        Launcher launcher,
        StateFile stateFile,
        SupervisorTimings timings,
        TimeProvider clock,
        ILogger logger)
    {
        _processes = [
            .. plan.Processes.Select(definition => new SupervisedProcess(
                definition,
                ReadinessProbes.Of(data, definition.Name, definition.HealthUri),
                OutputFile.PathOf(data, definition.Name),
                launcher,
                timings,
                clock,
                logger)),
        ];
        _data = data;
        _configs = configs;
        _stateFile = stateFile;
        _timings = timings;
        _clock = clock;
        _self = ProcessTable.Find(Environment.ProcessId)
            ?? throw new RefusedException("/proc does not show this process");
    }

    /// <summary>This process.</summary>
    public ProcessIdentity Identity => _self;

    public SupervisorReport Report() => new()
    {
        Pid = _self.Pid,
        StartTicks = _self.StartTicks,
        Phase = _phase,
        Configs = _configs,
        Processes = [.. _processes.Select(process => process.Report())],
    };

    /// <summary>Returns when every process is ready.</summary>
    /// <exception cref="RefusedException">One does not become ready; says which and why.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        long start = _clock.GetTimestamp();
        using var timer = new PeriodicTimer(_timings.Interval, _clock);
        do
        {
            await StepAsync(cancellation);
            if (_processes.FirstOrDefault(process => process.StartFailure is not null) is { } failed)
            {
                throw new RefusedException(FailureText(failed));
            }

            if (_clock.GetElapsedTime(start) > _timings.StartMax)
            {
                throw new RefusedException(
                    $"not ready after {_timings.StartMax.TotalSeconds} s: {string.Join("; ", NotReady())}");
            }
        }
        while (NotReady().Any() && await timer.WaitForNextTickAsync(cancellation));
        _phase = SupervisorPhase.Watching;
        _stateFile.Write(Report());
    }

    /// <summary>Keeps the processes running until it is cancelled.</summary>
    public async Task WatchAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(_timings.Interval, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await StepAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopping is what cancels it.
        }
    }

    /// <summary>Stops everything, one after the other; when this returns all are gone.</summary>
    public async Task StopAsync()
    {
        _phase = SupervisorPhase.Stopping;
        foreach (SupervisedProcess process in _processes.Reverse())
        {
            _stateFile.Write(Report());
            await process.StopAsync();
        }
    }

    private string FailureText(SupervisedProcess process)
    {
        string path = OutputFile.PathOf(_data, process.Definition.Name);
        IEnumerable<string> printed = OutputFile.SinceLastStart(path).Select(line => $"  {line}");
        return string.Join(Environment.NewLine, [$"{process.StartFailure}; from {path}:", .. printed]);
    }

    private async Task StepAsync(CancellationToken cancellation)
    {
        string[] notReady = [
            .. _processes.Where(process => process.State != SupervisedState.Ready)
                .Select(process => process.Definition.Name),
        ];
        await Task.WhenAll(_processes.Select(process =>
            process.StepAsync([.. process.Definition.Needs.Intersect(notReady)], cancellation)));
        _stateFile.Write(Report());
    }

    private IEnumerable<string> NotReady() =>
        _processes.Where(process => process.State != SupervisedState.Ready)
            .Select(process => process.Report())
            .Select(report =>
                $"{report.Name} is {report.State.ToString().ToLowerInvariant()} {report.Detail}".Trim());
}
