using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Oms.Gateway.Access;

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

    public static RpcException Stopping() => Of(Code.Unavailable, "STOPPING", "the gateway is stopping");

    public static RpcException Internal() => Of(
        Code.Internal, "INTERNAL", "the gateway failed; its log says more");

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
