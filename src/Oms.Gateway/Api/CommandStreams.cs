using System.Diagnostics;
using Grpc.Core;
using Oms.Gateway.Access;
using Oms.Gateway.Audit;
using Oms.Gateway.Commands;
using Oms.Gateway.Traces;

namespace Oms.Gateway.Api;

/// <summary>Opens the fast way in for a client.</summary>
internal sealed class CommandStreams(
    CommandIntake intake,
    CommandRing ring,
    PendingReplies replies,
    IdentityRegister register,
    AuditTrail audit,
    IHostApplicationLifetime lifetime,
    TimeProvider time)
{
    /// <summary>No account's name is longer.</summary>
    private const int NameLengthMax = 64;

    private int _open;

    public async Task Run(
        IAsyncStreamReader<V1.StreamCommandsRequest> requests,
        IServerStreamWriter<V1.StreamCommandsResponse> responses,
        ServerCallContext context)
    {
        if (Interlocked.Increment(ref _open) > GatewayLimits.StreamsMax)
        {
            _ = Interlocked.Decrement(ref _open);
            throw RpcFailures.TooManyStreams();
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, lifetime.ApplicationStopping);
        Identity caller = AccessInterceptor.CallerOf(context);
        using var stream = new CommandStream(intake, ring, replies, caller, time);
        Task writing = Task.CompletedTask;
        try
        {
            await context.WriteResponseHeadersAsync([]);
            writing = stream.Write(responses, stopping.Token);
            await Read(requests, stream, caller, context, writing, stopping.Token);
            stream.EndOfCommands();
            await writing;
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw RpcFailures.Stopping();
        }
        finally
        {
            await stopping.CancelAsync();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _ = Interlocked.Decrement(ref _open);
        }
    }

    private async Task Read(
        IAsyncStreamReader<V1.StreamCommandsRequest> requests,
        CommandStream stream,
        Identity caller,
        ServerCallContext context,
        Task writing,
        CancellationToken cancellation)
    {
        var named = new HashSet<string>();
        while (!writing.IsCompleted && await requests.MoveNext(cancellation))
        {
            if (!register.IsCurrent(caller))
            {
                throw RpcFailures.TokenEnded();
            }

            V1.StreamCommandsRequest request = requests.Current;
            CommandBatches.CheckCount(request.Commands.Count);
            await stream.RoomFor(request.Commands.Count, cancellation);
            await audit.Note(AuditEntry.Of(caller, context, request) with
            {
                NewAccounts = [.. request.Commands.Select(CommandIntake.AccountOf).Where(account =>
                    account.Length is > 0 and <= NameLengthMax && named.Count < GatewayLimits.NamesPerStreamMax
                    && caller.May(Right.Trade, account) && named.Add(account))],
            });
            using Activity? message = CallTraces.Start(context);
            stream.Take(request.Commands);
        }
    }
}
