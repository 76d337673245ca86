using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using Orleans.Storage;

namespace Oms.Silo.Control;

/// <summary>Work that is done again and again beside the feed, and survives what passes.</summary>
internal static class Repeated
{
    /// <summary>Returns when it is canceled.</summary>
    /// <param name="work">For the log.</param>
    public static Task RunAsync(
        string work,
        TimeSpan interval,
        ILogger logger,
        Func<CancellationToken, Task> step,
        CancellationToken cancellation) => UntilAsync(
            work,
            interval,
            logger,
            async token =>
            {
                await step(token);
                return false;
            },
            cancellation);

    /// <summary>Returns when a step says that all is done, or when it is canceled.</summary>
    /// <param name="work">For the log.</param>
    public static async Task UntilAsync(
        string work,
        TimeSpan interval,
        ILogger logger,
        Func<CancellationToken, Task<bool>> step,
        CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval);
        bool isFailing = false;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (await step(cancellation))
                {
                    return;
                }

                isFailing = false;
                _ = await timer.WaitForNextTickAsync(cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (MayPass(failure))
            {
                if (!isFailing)
                {
                    Log.WorkFailed(logger, work, failure);
                }

                isFailing = true;
                await Task.Delay(interval, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>What a server, a disk or a moment is to blame for. Anything else ends the process.</summary>
    private static bool MayPass(Exception failure) => failure
        is NatsException or TimeoutException or IOException or OperationCanceledException
        or OrleansException or JetStreamStorageException;
}
