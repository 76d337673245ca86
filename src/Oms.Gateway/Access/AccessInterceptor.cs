using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Oms.Gateway.Api;
using Oms.Gateway.Audit;
using Oms.Gateway.Traces;

namespace Oms.Gateway.Access;

/// <summary>
/// Lets a call pass when its caller is known and was granted what the call's rule asks. Also the place where
/// a failure that nobody expected becomes INTERNAL and a line of the log.
/// </summary>
internal sealed class AccessInterceptor(
    IdentityRegister register,
    RateLimits limits,
    AuditTrail audit,
    ILogger<AccessInterceptor> logger) : Interceptor
{
    /// <summary>The caller of a call that passed.</summary>
    public static Identity CallerOf(ServerCallContext context) =>
        (Identity)context.UserState[typeof(Identity)];

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Identity? caller = Identify(context);
        StatusCode outcome = StatusCode.OK;
        TResponse? response = null;
        using Activity? call = CallTraces.Start(context);
        CorrelationIds.TellBack(context);
        try
        {
            Authorize(caller, context, (rule, identity) => rule.Allows(identity, request));
            return response = await continuation(request, context);
        }
        catch (RpcException failure)
        {
            outcome = failure.StatusCode;
            throw;
        }
        catch (Exception exception) when (IsUnexpected(exception, context))
        {
            outcome = StatusCode.Internal;
            throw Unexpected(exception, context);
        }
        finally
        {
            call?.Ended(outcome);
            if (RpcRules.All.TryGetValue(context.Method, out RpcRule? rule) && rule.IsChange)
            {
                await audit.Note(AuditEntry.Of(
                    caller, context, (IMessage)request, response as IMessage, outcome.ToString()));
            }
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        CorrelationIds.TellBack(context);
        Authorize(Identify(context), context, (rule, identity) => rule.Allows(identity, request));
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception) when (IsUnexpected(exception, context))
        {
            throw Unexpected(exception, context);
        }
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        throw RpcFailures.NoRule(context.Method);

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        CorrelationIds.TellBack(context);
        Authorize(Identify(context), context, (rule, identity) => rule.AllowsAnywhere(identity));
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception exception) when (IsUnexpected(exception, context))
        {
            throw Unexpected(exception, context);
        }
    }

    private static bool IsUnexpected(Exception exception, ServerCallContext context) =>
        exception is not RpcException && !context.CancellationToken.IsCancellationRequested;

    private void Authorize(Identity? caller, ServerCallContext context, Func<RpcRule, Identity, bool> allows)
    {
        Identity identity = caller ?? throw RpcFailures.Unauthenticated();
        if (!RpcRules.All.TryGetValue(context.Method, out RpcRule? rule))
        {
            throw RpcFailures.NoRule(context.Method);
        }

        if (!allows(rule, identity))
        {
            throw RpcFailures.NotGranted(identity.Name, rule.Right);
        }

        if (!rule.IsUrgent)
        {
            limits.TakeCall(identity);
        }

        context.UserState[typeof(Identity)] = identity;
    }

    /// <summary>By the token where there is one, else by the certificate.</summary>
    private Identity? Identify(ServerCallContext context) => Callers.Identify(register, context.GetHttpContext());

    private RpcException Unexpected(Exception exception, ServerCallContext context)
    {
        logger.CallFailed(exception, context.Method, CorrelationIds.Of(context));
        return RpcFailures.Internal();
    }
}
