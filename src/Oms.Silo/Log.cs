using Microsoft.Extensions.Logging;
using Oms.Domain.Accounts;

namespace Oms.Silo;

/// <summary>What the silo logs: events 2000 to 2999.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "Feeding events after log sequence {LogSequence}")]
    public static partial void FeedResumed(ILogger logger, long logSequence);

    [LoggerMessage(
        2001, LogLevel.Warning, "The feed stopped after log sequence {LogSequence} and tries again")]
    public static partial void FeedInterrupted(ILogger logger, long logSequence, Exception failure);

    [LoggerMessage(
        2002,
        LogLevel.Warning,
        "{Sink} holds {Account} up to {Held}, at the checkpoint {Checkpointed}; the log is read anew")]
    public static partial void SinkBehindCheckpoint(
        ILogger logger, string sink, AccountName account, long held, long checkpointed);

    [LoggerMessage(
        2003,
        LogLevel.Warning,
        "{Sink} holds the log up to {Held}, less than at the checkpoint; it is read from there")]
    public static partial void LogSinkBehindCheckpoint(ILogger logger, string sink, long held);

    [LoggerMessage(2004, LogLevel.Warning, "{Work} failed and is tried again")]
    public static partial void WorkFailed(ILogger logger, string work, Exception failure);

    [LoggerMessage(2005, LogLevel.Information, "Told FastPath version {Version} of the limits of {Scope} {Name}")]
    public static partial void LimitsTold(ILogger logger, long version, string scope, string name);
}
