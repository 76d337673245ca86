using System.Net.WebSockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Oms.Exchanges;

/// <summary>
/// Keeps a connection: runs it, and when it is lost runs it again, ever more slowly while it will not stay.
/// </summary>
internal sealed class Reconnection(string exchange, Uri uri, TimeProvider time, ILogger logger)
{
    public static readonly TimeSpan DelayMin = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(15);

    /// <summary>A connection that lived so long was a good one: the next is tried at once.</summary>
    public static readonly TimeSpan GoodLifeMin = TimeSpan.FromSeconds(30);

    /// <param name="run">One connection, from connecting to its loss; it ends by an exception or
    /// returns.</param>
    public async Task Run(Func<CancellationToken, Task> run, CancellationToken cancellation)
    {
        TimeSpan delay = DelayMin;
        while (!cancellation.IsCancellationRequested)
        {
            long started = time.GetTimestamp();
            string reason = await RunOnce(run, cancellation);
            delay = time.GetElapsedTime(started) > GoodLifeMin ? DelayMin : delay;
            // Jitter, so that the processes of a desk do not return in step.
            var pause = delay + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(100));
            delay = delay * 2 < DelayMax ? delay * 2 : DelayMax;
            if (!cancellation.IsCancellationRequested)
            {
                ExchangeMetrics.Reconnects.Add(1, ExchangeMetrics.Tag(exchange));
                Log.ConnectionLost(logger, exchange, uri, reason, (int)pause.TotalMilliseconds);
                await Task.Delay(pause, time, cancellation);
            }
        }
    }

    private static async Task<string> RunOnce(
        Func<CancellationToken, Task> run, CancellationToken cancellation)
    {
        try
        {
            await run(cancellation);
            return "it ended";
        }
        catch (Exception exception)
            when (exception is WebSocketException or IOException or HttpRequestException or TimeoutException
                or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return exception.Message;
        }
    }
}
