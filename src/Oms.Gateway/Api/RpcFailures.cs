using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Oms.Gateway.Access;
using Oms.Gateway.Commands;

namespace Oms.Gateway.Api;

/// <summary>Every way in which a call fails: a google.rpc.Status with a reason for machines.</summary>
internal static class RpcFailures
{
    private const string Domain = "oms";

    public static RpcException Unauthenticated() => Of(
        Code.Unauthenticated, "UNAUTHENTICATED", "no known token or client certificate was given");

    public static RpcException NotGranted(string identity, Right right) => Of(
        Code.PermissionDenied,
        "NOT_GRANTED",
        $"{identity} has no grant to {right.ToString().ToLowerInvariant()} here");

    public static RpcException NoRule(string method) => Of(
        Code.PermissionDenied, "NO_RULE", $"{method} has no access rule");

    public static RpcException Invalid(string field, string description)
    {
        Google.Rpc.Status status = StatusOf(
            Code.InvalidArgument, "FIELD_INVALID", $"{field}: {description}", ("field", field));
        status.Details.Add(Any.Pack(new BadRequest
        {
            FieldViolations =
            {
                new BadRequest.Types.FieldViolation { Field = field, Description = description },
            },
        }));
        return status.ToRpcException();
    }

    public static RpcException OrderNotFound() => Of(
        Code.NotFound, "ORDER_NOT_FOUND", "no such order of this account is known");

    public static RpcException InstrumentNotFound(string exchange, string symbol) => Of(
        Code.NotFound, "INSTRUMENT_NOT_FOUND", $"{symbol} is not listed at {exchange} on this market");

    public static RpcException BackPressured() => Of(
        Code.ResourceExhausted, "BACK_PRESSURED", "too many commands are under way; this one was not taken");

    public static RpcException FastPathGone() => Of(
        Code.Unavailable,
        "FASTPATH_SILENT",
        "the trading engine has not been heard for a while; the command was not taken");

    public static RpcException OutcomeUnknown(string clientOrderId, string orderId) => StatusOf(
        Code.DeadlineExceeded,
        "OUTCOME_UNKNOWN",
        "no answer came in time: whether the command took effect is not known here; ask for the order "
            + (clientOrderId.Length > 0 ? $"by client_order_id {clientOrderId}" : $"by order_id {orderId}"),
        ("client_order_id", clientOrderId),
        ("order_id", orderId)).ToRpcException();

    public static RpcException TransferOutcomeUnknown(string clientTransferId) => StatusOf(
        Code.DeadlineExceeded,
        "OUTCOME_UNKNOWN",
        "no answer came in time: whether the transfer was taken is not known here; ask for it, or repeat it, by "
            + $"client_transfer_id {clientTransferId}",
        ("client_transfer_id", clientTransferId)).ToRpcException();

    public static RpcException TransferNotFound() => Of(
        Code.NotFound, "TRANSFER_NOT_FOUND", "no such transfer from this account is known");

    public static RpcException RateLimited(string whose, TimeSpan retryAfter)
    {
        Google.Rpc.Status status = StatusOf(
            Code.ResourceExhausted, "RATE_LIMITED", $"{whose} asks for more than it may per second; not taken");
        status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(retryAfter) }));
        return status.ToRpcException();
    }

    public static RpcException TokenEnded() => Of(
        Code.Unauthenticated, "TOKEN_ENDED", "the token or certificate of this stream was revoked or expired");

    public static RpcException HaltNotConfirmed() => Of(
        Code.DeadlineExceeded,
        "HALT_NOT_CONFIRMED",
        "nothing new leaves that adds risk; that what lived has ended was not confirmed in time");

    public static RpcException HaltUnanswered() => Of(
        Code.DeadlineExceeded, "OUTCOME_UNKNOWN", "FastPath did not answer in time: ask with ListHalts, or repeat");

    public static RpcException ScopeNotFound(string name) => Of(
        Code.NotFound, "SCOPE_NOT_FOUND", $"{name} is not known: nothing was halted or resumed");

    public static RpcException GrainsUnreachable() => Of(
        Code.Unavailable, "GRAINS_UNREACHABLE", "no silo answers; orders and halts do not depend on it");

    public static RpcException LimitsNotFound(string name) => Of(
        Code.NotFound, "LIMITS_NOT_FOUND", $"nobody configured {name}");

    public static RpcException LimitsChanged(long version) => Of(
        Code.FailedPrecondition, "VERSION_CHANGED", $"version {version} holds by now; look at it first");

    public static RpcException TooManyStreams() => Of(
        Code.ResourceExhausted, "TOO_MANY_STREAMS", "too many execution streams are open");

    public static RpcException TooSlow() => Of(
        Code.ResourceExhausted,
        "CLIENT_TOO_SLOW",
        "the client reads too slowly; resume behind the last sequence of each account");

    public static RpcException SequenceOutOfRange(string account, long lastSequence) => Of(
        Code.OutOfRange, "SEQUENCE_OUT_OF_RANGE", $"the last sequence of {account} is {lastSequence}");

    public static RpcException SequenceTooOld(string account, long firstSequence) => Of(
        Code.OutOfRange,
        "SEQUENCE_TOO_OLD",
        $"the executions of {account} are held from sequence {firstSequence} on");

    public static RpcException SequenceTooOld() => Of(
        Code.OutOfRange,
        "SEQUENCE_TOO_OLD",
        "the log no longer holds what follows the sequences that the call names");

    public static RpcException ReconciliationUnanswered() => Of(
        Code.DeadlineExceeded,
        "RECONCILIATION_UNANSWERED",
        "no answer came in time: whether the round began is not known");

    public static RpcException NobodyToAsk(string account) => Of(
        Code.FailedPrecondition,
        "NOBODY_TO_ASK",
        $"{account} is not connected to its exchange, or is matched here: there is nobody to compare it with");

    public static RpcException Stopping() => Of(Code.Unavailable, "STOPPING", "the gateway is stopping");

    public static RpcException Internal() => Of(
        Code.Internal, "INTERNAL", "the gateway failed; its log says more");

    /// <exception cref="RpcException">FastPath did not take the command.</exception>
    public static void ThrowIfNotTaken(CommandFate fate)
    {
        switch (fate)
        {
            case CommandFate.Answered:
                break;
            case CommandFate.BackPressured:
                throw BackPressured();
            case CommandFate.ConsumerGone:
                throw FastPathGone();
        }
    }

    /// <summary>The same, as the outcome of one command of several.</summary>
    public static V1.CommandFailure FailureOf(RpcException exception)
    {
        Google.Rpc.Status? status = exception.GetRpcStatus();
        RetryInfo? retry = status?.GetDetail<RetryInfo>();
        return new()
        {
            Code = (int)exception.StatusCode,
            Reason = status?.GetDetail<ErrorInfo>()?.Reason ?? "",
            Field = status?.GetDetail<BadRequest>()?.FieldViolations.FirstOrDefault()?.Field ?? "",
            Message = exception.Status.Detail,
            RetryAfterMs = retry is null
                ? 0
                : (long)Math.Ceiling(retry.RetryDelay.ToTimeSpan().TotalMilliseconds),
        };
    }

    private static RpcException Of(Code code, string reason, string message) =>
        StatusOf(code, reason, message).ToRpcException();

    private static Google.Rpc.Status StatusOf(
        Code code, string reason, string message, params ReadOnlySpan<(string Key, string Value)> metadata)
    {
        var error = new ErrorInfo { Domain = Domain, Reason = reason };
        foreach ((string key, string value) in metadata)
        {
            if (value.Length > 0)
            {
                error.Metadata.Add(key, value);
            }
        }

        return new() { Code = (int)code, Message = message, Details = { Any.Pack(error) } };
    }
}
