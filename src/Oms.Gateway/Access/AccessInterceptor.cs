using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Oms.Gateway.Api;

namespace Oms.Gateway.Access;

/// <summary>
/// Lets a call pass when its caller is known and was granted what the call's rule asks. Also the place where
/// a failure that nobody expected becomes INTERNAL and a line of the log.
/// </summary>
internal sealed class AccessInterceptor(
    IdentityRegister register, ILogger<AccessInterceptor> logger) : Interceptor
{
    private const string BearerPrefix = "Bearer ";

    /// <summary>The caller of a call that passed.</summary>
    public static Identity CallerOf(ServerCallContext context) =>
        (Identity)context.UserState[typeof(Identity)];

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Authorize(request, context);
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception) when (IsUnexpected(exception, context))
        {
            throw Unexpected(exception, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Authorize(request, context);
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

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        throw RpcFailures.NoRule(context.Method);

    private static bool IsUnexpected(Exception exception, ServerCallContext context) =>
        exception is not RpcException && !context.CancellationToken.IsCancellationRequested;

    private void Authorize(object request, ServerCallContext context)
    {
        Identity identity = Identify(context) ?? throw RpcFailures.Unauthenticated();
        if (!RpcRules.All.TryGetValue(context.Method, out RpcRule? rule))
        {
            throw RpcFailures.NoRule(context.Method);
        }

        if (!rule.Allows(identity, request))
        {
            throw RpcFailures.NotGranted(identity.Name, rule.Right);
        }

        context.UserState[typeof(Identity)] = identity;
    }

    /// <summary>By the token where there is one, else by the certificate.</summary>
    private Identity? Identify(ServerCallContext context)
    {
        HttpContext http = context.GetHttpContext();
        string? authorization = http.Request.Headers.Authorization;
        if (authorization is not null)
        {
            return authorization.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
                ? register.FindByToken(authorization[BearerPrefix.Length..].Trim())
                : null;
        }

        return http.Connection.ClientCertificate is { } certificate
            ? register.FindByCertificate(certificate.RawData)
            : null;
    }

    private RpcException Unexpected(Exception exception, ServerCallContext context)
    {
        logger.CallFailed(exception, context.Method);
        return RpcFailures.Internal();
    }
}
