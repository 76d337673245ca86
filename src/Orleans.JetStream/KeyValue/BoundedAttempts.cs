using System.Net.Sockets;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Orleans.JetStream.KeyValue;

/// <summary>
/// Repeats a request that got no answer, until one comes or the time of its operation is up.
/// </summary>
/// <remarks>
/// NATS.Net waits for a lost server without end; nothing here does. What is repeated must be idempotent.
/// </remarks>
internal sealed class BoundedAttempts(TimeSpan attemptTimeout, TimeProvider time, Action onRepeat)
{
    private const int ServiceUnavailable = 503;
    private const int InsufficientResources = 10023;
    private const int InsufficientStorage = 10047;
    private const int DuplicateStillInFlight = 10158;

    private static readonly TimeSpan PauseShortest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PauseLongest = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Makes attempts until one is answered; <c>onRepeat</c> is called before each but the first.
    /// </summary>
    /// <param name="request">What is attempted, for the message of the failure.</param>
    /// <param name="attempt">Makes one attempt; it is given the number of attempts before it.</param>
    /// <param name="deadline">When to give up.</param>
    /// <exception cref="TimeoutException">No attempt was answered in time.</exception>
    /// <exception cref="OperationCanceledException">The caller has canceled the operation.</exception>
    public async Task<T> Run<T>(
        string request,
        Func<int, CancellationToken, ValueTask<T>> attempt,
        OperationDeadline deadline)
    {
        deadline.Caller.ThrowIfCancellationRequested();
        var pause = PauseShortest;
        for (var earlier = 0; ; earlier++)
        {
            using var limit = new CancellationTokenSource(attemptTimeout, time);
            using var single = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, deadline.Token);
            try
            {
                return await attempt(earlier, single.Token).ConfigureAwait(false);
            }
            catch (Exception failure)
                when (!deadline.Caller.IsCancellationRequested && IsWorthRepeating(failure))
            {
                if (deadline.Token.IsCancellationRequested)
                {
                    throw new TimeoutException(
                        $"JetStream did not carry out '{request}': {earlier + 1} attempts within "
                        + $"{deadline.Timeout}, the last of which ended with: {failure.Message}",
                        failure);
                }
            }

            await Task.Delay(pause, time, deadline.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            deadline.Caller.ThrowIfCancellationRequested();
            pause = pause < PauseLongest ? pause * 2 : PauseLongest;
            onRepeat();
        }
    }

    private static bool IsWorthRepeating(Exception failure) => failure switch
    {
        NatsPayloadTooLargeException => false,
        // A full server says so with the code of one that is merely busy; space does not come by itself.
        NatsJSApiException { Error.ErrCode: InsufficientResources or InsufficientStorage } => false,
        NatsJSApiException api => api.Error
            is { Code: ServiceUnavailable } or { ErrCode: DuplicateStillInFlight },
        NatsException or OperationCanceledException or SocketException or IOException => true,
        _ => false,
    };
}
