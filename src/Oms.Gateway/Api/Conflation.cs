using Grpc.Core;

namespace Oms.Gateway.Api;

/// <summary>
/// A stream of what is, not of what happened: every so often the newest state of what changed since the last message
/// that the client took. Who reads slowly skips what was in between, and nothing queues up for anybody.
/// </summary>
internal sealed class Conflation(IHostApplicationLifetime lifetime, TimeProvider time)
{
    private int _open;

    /// <summary>Writes whenever there is something to say, until the client goes.</summary>
    /// <param name="next">What changed since it was asked last; null for nothing.</param>
    /// <exception cref="RpcException">Too many such streams are open, or the gateway stops.</exception>
    public async Task Run<TMessage>(
        Func<TMessage?> next, TimeSpan interval, IServerStreamWriter<TMessage> stream, ServerCallContext context)
        where TMessage : class
    {
        if (Interlocked.Increment(ref _open) > GatewayLimits.StreamsMax)
        {
            _ = Interlocked.Decrement(ref _open);
            throw RpcFailures.TooManyStreams();
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            do
            {
                if (next() is { } message)
                {
                    await stream.WriteAsync(message, stopping.Token);
                }
            }
            while (await timer.WaitForNextTickAsync(stopping.Token));
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw RpcFailures.Stopping();
        }
        finally
        {
            _ = Interlocked.Decrement(ref _open);
        }
    }
}
