using System.Runtime.CompilerServices;
using Grpc.Core;
using Polly;
using Polly.Retry;

namespace Oms.Cli.Trading;

/// <summary>
/// Follows executions and goes on behind the last one when the stream breaks, so that a gateway that restarts
/// is a pause and not a gap.
/// </summary>
/// <param name="lastSequences">By account, the last sequence that is not wanted. Moves on with what was
/// read.</param>
internal sealed class ExecutionFollower(
    V1.OrderService.OrderServiceClient orders, Dictionary<string, long> lastSequences)
{
    /// <summary>Opens the stream again, ever more slowly while there is nothing to read.</summary>
    private static readonly ResiliencePipeline<V1.Execution?> UntilRead =
        new ResiliencePipelineBuilder<V1.Execution?>()
            .AddRetry(new RetryStrategyOptions<V1.Execution?>
            {
                ShouldHandle = static arguments =>
                    ValueTask.FromResult(arguments.Outcome is { Exception: null, Result: null }),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = TimeSpan.FromSeconds(2),
                MaxRetryAttempts = int.MaxValue,
            })
            .Build();

    private AsyncServerStreamingCall<V1.StreamExecutionsResponse>? _call;

    /// <summary>Whether there is an account to follow.</summary>
    public bool IsFollowing => lastSequences.Count > 0;

    /// <summary>
    /// Everything that happens from now on, to all accounts that can be read or to one of them.
    /// </summary>
    public static async Task<ExecutionFollower> StartAsync(
        GatewayConnection gateway, string? account, CancellationToken cancellation)
    {
        V1.ListAccountsResponse accounts = await gateway.Accounts.ListAccountsAsync(
            new(), deadline: GatewayConnection.Deadline, cancellationToken: cancellation);
        return new(gateway.Orders, accounts.Accounts
            .Where(known => account is null || known.Name == account)
            .ToDictionary(known => known.Name, known => known.LastSequence));
    }

    public async IAsyncEnumerable<V1.Execution> FollowAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            while (IsFollowing
                && await UntilRead.ExecuteAsync(ReadAsync, cancellation) is { } execution)
            {
                lastSequences[execution.Account] = execution.Sequence;
                yield return execution;
            }
        }
        finally
        {
            Close();
        }
    }

    /// <summary>Null when the stream broke in a way that passes; the next time it is opened again.</summary>
    private async ValueTask<V1.Execution?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            _call ??= orders.StreamExecutions(Request(), cancellationToken: cancellation);
            if (await _call.ResponseStream.MoveNext(cancellation))
            {
                return _call.ResponseStream.Current.Execution;
            }
        }
        catch (RpcException failure) when (!cancellation.IsCancellationRequested
            && (GatewayCall.IsUnreachable(failure)
                || failure.StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted))
        {
            // It passes.
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Cancelled)
        {
            throw new OperationCanceledException(failure.Status.Detail, failure, cancellation);
        }

        Close();
        return null;
    }

    private void Close()
    {
        _call?.Dispose();
        _call = null;
    }

    private V1.StreamExecutionsRequest Request() => new()
    {
        Starts =
        {
            lastSequences.Select(last => new V1.ExecutionStart
            {
                Account = last.Key,
                AfterSequence = last.Value,
            }),
        },
    };
}
