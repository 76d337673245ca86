using Grpc.Core;
using Oms.Gateway.Events;

namespace Oms.Gateway.Api;

/// <summary>
/// Writes executions to one client. A client that does not read blocks a write: as soon as it is too far behind the
/// call is to end, with a status that says so, once the write has ended.
/// </summary>
/// <param name="abort">Ends the call without a status.</param>
internal sealed class ExecutionWriter(
    IServerStreamWriter<V1.StreamExecutionsResponse> stream,
    ExecutionSubscription subscription,
    Action abort,
    TimeProvider time)
{
    /// <summary>A client that has not read a word for so long is not told.</summary>
    public static readonly TimeSpan LastWriteWithin = TimeSpan.FromMinutes(10);

    public ExecutionSubscription Subscription => subscription;

    /// <exception cref="RpcException">The client is too slow.</exception>
    /// <exception cref="OperationCanceledException">The call or the gateway ends.</exception>
    public async Task Write(V1.Execution execution, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Task writing = stream.WriteAsync(new() { Execution = execution }, CancellationToken.None);
        if (!writing.IsCompleted)
        {
            _ = await Task.WhenAny(writing, subscription.Overflowed).WaitAsync(cancellation);
            if (subscription.IsOverflowed)
            {
                await LetEnd(writing, cancellation);
                throw RpcFailures.TooSlow();
            }
        }

        await writing;
    }

    /// <summary>
    /// A status that overtakes a write is lost, and then a client that reads again waits for ever. What is queued
    /// for it is not kept meanwhile.
    /// </summary>
    private async Task LetEnd(Task writing, CancellationToken cancellation)
    {
        subscription.Drop();
        try
        {
            await writing.WaitAsync(LastWriteWithin, time, cancellation);
        }
        catch (TimeoutException)
        {
            abort();
        }
    }
}
