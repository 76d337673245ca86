using Oms.SharedMemory.Health;

namespace Oms.Gateway;

/// <summary>Everything that the gateway logs: events 1000 to 1999.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Listening on {Address}")]
    public static partial void Listening(this ILogger logger, string address);

    [LoggerMessage(1001, LogLevel.Information, "The gateway is {State} {Detail}")]
    public static partial void StateChanged(this ILogger logger, ProcessState state, string detail);

    [LoggerMessage(1002, LogLevel.Error, "{Method} failed ({CorrelationId})")]
    public static partial void CallFailed(
        this ILogger logger, Exception exception, string method, string correlationId);

    [LoggerMessage(1003, LogLevel.Information, "Waiting for fastpath")]
    public static partial void WaitingForFastPath(this ILogger logger);

    [LoggerMessage(1004, LogLevel.Information, "The views hold everything up to event {LogSequence}")]
    public static partial void CaughtUp(this ILogger logger, long logSequence);

    [LoggerMessage(1090, LogLevel.Information, "The silo's grains answer")]
    public static partial void GrainsReached(this ILogger logger);

    [LoggerMessage(1091, LogLevel.Information, "The silo's grains are not reached: {Problem}")]
    public static partial void GrainsUnreachable(this ILogger logger, string problem);

    [LoggerMessage(1005, LogLevel.Critical, "The gateway cannot go on")]
    public static partial void Failed(this ILogger logger, Exception exception);

    [LoggerMessage(1006, LogLevel.Critical, "The audit log cannot be written: the gateway stops")]
    public static partial void AuditFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1007, LogLevel.Information, "{File} changed and counts from now on")]
    public static partial void Reloaded(this ILogger logger, string file);

    [LoggerMessage(1008, LogLevel.Error, "{File} changed and cannot be used: what was there before goes on")]
    public static partial void NotReloaded(this ILogger logger, Exception exception, string file);

    [LoggerMessage(1010, LogLevel.Information, "{Account}: {Method} by {Identity}: {Outcome} ({CorrelationId})")]
    public static partial void Changed(
        this ILogger logger, string account, string method, string identity, string outcome, string correlationId);

    [LoggerMessage(1011, LogLevel.Information,
        "{Account}: {Method} by {Identity}: order {OrderId}, {ClientOrderId}, is {Status} {RejectReason} "
        + "({CorrelationId})")]
    public static partial void OrderAnswered(
        this ILogger logger, string account, string method, string identity, string orderId, string clientOrderId,
        V1.OrderStatus status, string rejectReason, string correlationId);

    [LoggerMessage(1012, LogLevel.Information, "{Method} by {Identity}: {Outcome} ({CorrelationId})")]
    public static partial void ChangedAtLarge(
        this ILogger logger, string method, string identity, string outcome, string correlationId);

    [LoggerMessage(1009, LogLevel.Warning, "The log level is {Level} now")]
    public static partial void LevelChanged(this ILogger logger, string level);
}
