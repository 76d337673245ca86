using Microsoft.Extensions.Logging;
using Oms.Cli.Linux;

namespace Oms.Cli.Supervision;

/// <summary>
/// One process and its life, as the supervisor leads it:
/// <code>
/// needs ready ► launch ► Starting ► Ready ⇄ Degraded
///                  ▲         │ died, or silent and killed
///                  └ backoff ┴ Restarting
/// </code>
/// </summary>
internal sealed class SupervisedProcess(
    ProcessDefinition definition,
    IReadinessProbe probe,
    string outputPath,
    Launcher launcher,
    SupervisorTimings timings,
    TimeProvider clock,
    ILogger logger)
{
    private LaunchedProcess? _process;
    private long _launchedAt;
    private long _heardAt;
    private bool _wasHeard;
    private bool _wasReady;
    private TimeSpan _backoff = TimeSpan.Zero;
    private string _detail = "";
    private string _lastEnding = "";
    private string[] _lastPrinted = [];
    private int _restarts;

    public ProcessDefinition Definition => definition;

    public SupervisedState State { get; private set; } = SupervisedState.Starting;

    /// <summary>Why it will not become ready by trying again; null while there is hope.</summary>
    public string? StartFailure { get; private set; }

    public ProcessReport Report() => new()
    {
        Name = definition.Name,
        Pid = _process?.Identity.Pid,
        StartTicks = _process?.Identity.StartTicks,
        State = State,
        Address = definition.Address,
        HealthUri = definition.HealthUri,
        Restarts = _restarts,
        LastEnding = _lastEnding,
        Detail = _detail,
    };

    /// <summary>Looks at the process once, and starts it where that is due.</summary>
    /// <param name="missing">Names of the processes that it needs and that are not ready.</param>
    public async Task StepAsync(IReadOnlyCollection<string> missing, CancellationToken cancellation)
    {
        bool isFirstLaunch = _launchedAt == 0;
        if (_process is null && isFirstLaunch && missing.Count > 0)
        {
            Become(SupervisedState.Starting, $"waits for {string.Join(", ", missing)}");
        }
        else if (_process is null)
        {
            if (isFirstLaunch || clock.GetElapsedTime(_heardAt) >= _backoff)
            {
                await LaunchAsync();
            }
        }
        else if (_process.HasExited)
        {
            await NoteDeathAsync(_process);
        }
        else
        {
            Judge(_process, await probe.AskAsync(_process.Identity.Pid, cancellation));
        }
    }

    /// <summary>Ends the process; when this returns it is gone.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _ = Signals.Send(process.Identity, Signals.Terminate);
            if (!await process.HasExitedWithinAsync(timings.StopMax))
            {
                Log.StopTimedOut(
                    logger, definition.Name, process.Identity.Pid, (long)timings.StopMax.TotalMilliseconds);
                _ = Signals.Send(process.Identity, Signals.Kill);
                _ = await process.HasExitedWithinAsync(timings.StopMax);
            }

            Log.Stopped(logger, definition.Name, process.HasExited ? process.Ending : "not at all");
            await process.DisposeAsync();
            _process = null;
        }

        State = SupervisedState.Stopped;
        _detail = "";
    }

    private async Task LaunchAsync()
    {
        _launchedAt = clock.GetTimestamp();
        _heardAt = _launchedAt;
        _wasHeard = false;
        try
        {
            _process = await launcher.LaunchAsync(definition);
            Log.Launched(logger, definition.Name, _process.Identity.Pid);
            Become(SupervisedState.Starting, "");
        }
        catch (RefusedException exception)
        {
            Log.LaunchFailed(logger, definition.Name, exception.Message);
            StartFailure ??= exception.Message;
            Become(SupervisedState.Restarting, exception.Message);
            _backoff = timings.BackoffMax;
        }
    }

    private async Task NoteDeathAsync(LaunchedProcess process)
    {
        int exitCode = process.ExitCode;
        _lastEnding = process.Ending;
        await process.DisposeAsync();
        NoteFailedStart(exitCode);
        bool lastedLong = _wasReady && clock.GetElapsedTime(_launchedAt) >= timings.BackoffForgottenAfter;
        TimeSpan doubled = lastedLong ? TimeSpan.Zero : _backoff * 2;
        _backoff = TimeSpan.FromTicks(
            Math.Clamp(doubled.Ticks, timings.BackoffMin.Ticks, timings.BackoffMax.Ticks));
        _restarts++;
        _heardAt = clock.GetTimestamp();
        _process = null;
        Log.Died(
            logger,
            definition.Name,
            process.Identity.Pid,
            _lastEnding,
            (long)_backoff.TotalMilliseconds,
            _restarts);
        Become(SupervisedState.Restarting, _lastEnding);
    }

    // Bad configuration (2) and a role that is taken (3) stay so, and so does what is said twice in the same
    // words; anything else gets a few chances.
    private void NoteFailedStart(int exitCode)
    {
        if (_wasReady)
        {
            return;
        }

        string[] printed = OutputFile.SinceLastStart(outputPath);
        bool isRepeated = printed.Length > 0 && printed.SequenceEqual(_lastPrinted);
        _lastPrinted = printed;
        if (exitCode is 2 or 3 || isRepeated || _restarts + 1 >= timings.DeathsBeforeReadyMax)
        {
            StartFailure ??= $"{definition.Name} ended before it was ready, {_lastEnding}";
        }
    }

    private void Judge(LaunchedProcess process, ProbeAnswer answer)
    {
        if (answer.IsSignOfLife)
        {
            _heardAt = clock.GetTimestamp();
            _wasHeard = true;
            _wasReady |= answer.State == SupervisedState.Ready;
            Become(answer.State, answer.Detail);
            return;
        }

        TimeSpan silence = clock.GetElapsedTime(_heardAt);
        if (_wasHeard)
        {
            Become(SupervisedState.Unresponsive, answer.Detail);
        }

        if (silence > (_wasHeard ? timings.SilenceMax : timings.FirstSignMax))
        {
            Log.Hung(logger, definition.Name, process.Identity.Pid, (long)silence.TotalMilliseconds);
            _ = Signals.Send(process.Identity, Signals.Kill);
        }
    }

    private void Become(SupervisedState state, string detail)
    {
        if (state != State)
        {
            Log.StateChanged(logger, definition.Name, state, detail);
        }

        State = state;
        _detail = detail;
    }
}
