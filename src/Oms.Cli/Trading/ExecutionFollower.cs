using System.Runtime.CompilerServices;
using Grpc.Core;

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
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

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
        while (IsFollowing)
        {
            using AsyncServerStreamingCall<V1.StreamExecutionsResponse> call =
                orders.StreamExecutions(Request(), cancellationToken: cancellation);
            while (await MoveNextAsync(call.ResponseStream, cancellation))
            {
                V1.Execution execution = call.ResponseStream.Current.Execution;
                lastSequences[execution.Account] = execution.Sequence;
                yield return execution;
            }

            await Task.Delay(RetryInterval, cancellation);
        }
    }

    /// <summary>False when the stream broke in a way that passes.</summary>
    private static async Task<bool> MoveNextAsync(
        IAsyncStreamReader<V1.StreamExecutionsResponse> stream, CancellationToken cancellation)
    {
        try
        {
            return await stream.MoveNext(cancellation);
        }
        catch (RpcException failure) when (!cancellation.IsCancellationRequested
            && (GatewayCall.IsUnreachable(failure)
                || failure.StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted))
        {
            return false;
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Cancelled)
        {
            throw new OperationCanceledException(failure.Status.Detail, failure, cancellation);
        }
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
