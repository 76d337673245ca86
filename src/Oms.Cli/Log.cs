using Microsoft.Extensions.Logging;
using Oms.Cli.Supervision;

namespace Oms.Cli;

/// <summary>What the supervisor logs. Events 6000 to 6999.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 6000, Level = LogLevel.Information, Message = "{Process} starts as pid {Pid}")]
    public static partial void Launched(ILogger logger, string process, int pid);

    [LoggerMessage(EventId = 6001, Level = LogLevel.Information, Message = "{Process} is {State}: {Detail}")]
    public static partial void StateChanged(
        ILogger logger, string process, SupervisedState state, string detail);

    [LoggerMessage(
        EventId = 6002,
        Level = LogLevel.Error,
        Message = "{Process} of pid {Pid} ended, {Ending}; restart {Restarts} in {BackoffMs} ms")]
    public static partial void Died(
        ILogger logger, string process, int pid, string ending, long backoffMs, int restarts);

    [LoggerMessage(
        EventId = 6003,
        Level = LogLevel.Error,
        Message = "{Process} of pid {Pid} was silent for {SilenceMs} ms and is killed")]
    public static partial void Hung(ILogger logger, string process, int pid, long silenceMs);

    [LoggerMessage(EventId = 6004, Level = LogLevel.Information, Message = "{Process} stopped, {Ending}")]
    public static partial void Stopped(ILogger logger, string process, string ending);

    [LoggerMessage(
        EventId = 6005,
        Level = LogLevel.Warning,
        Message = "{Process} of pid {Pid} did not stop within {TimeoutMs} ms and is killed")]
    public static partial void StopTimedOut(ILogger logger, string process, int pid, long timeoutMs);

    [LoggerMessage(EventId = 6006, Level = LogLevel.Error, Message = "{Process} cannot be started: {Reason}")]
    public static partial void LaunchFailed(ILogger logger, string process, string reason);

    [LoggerMessage(EventId = 6008, Level = LogLevel.Information, Message = "A snapshot of the log was made")]
    public static partial void SnapshotMade(ILogger logger);

    [LoggerMessage(
        EventId = 6009,
        Level = LogLevel.Error,
        Message = "No snapshot of the log was made, {Reason}; its output says why")]
    public static partial void SnapshotFailed(ILogger logger, string reason);

    [LoggerMessage(
        EventId = 6007,
        Level = LogLevel.Warning,
        Message = "pid {Pid} ({Command}) was left behind by a supervisor that died, and is ended")]
    public static partial void LeftoverEnded(ILogger logger, int pid, string command);
}
