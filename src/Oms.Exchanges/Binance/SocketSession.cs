using System.Collections.Concurrent;

namespace Oms.Exchanges.Binance;

/// <summary>
/// A connection to the WebSocket API that is up: its requests under way, each waiting for its answer. When it is lost,
/// all of them are without an answer.
/// </summary>
/// <param name="key">For which the connection speaks, or which signs each request.</param>
internal sealed class SocketSession(TextSocket socket, SigningKey key) : IDisposable
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<SocketReply?>> _waiting = new();
    private readonly SemaphoreSlim _sending = new(1);
    private long _lastId;
    private volatile bool _isLost;

    public SigningKey Key { get; } = key;

    /// <summary>The exchange takes what comes on it as the key's: requests are not signed.</summary>
    public bool IsLoggedOn { get; set; }

    /// <summary>Completes when every request that is under way now has its answer, or will have none.</summary>
    public Task WhenAnswered() => Task.WhenAll(_waiting.Values.Select(waiting => waiting.Task));

    /// <summary>What is asked on it has no answer.</summary>
    public bool IsLost => _isLost;

    public long NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>Sends a request, once.</summary>
    /// <returns>Its answer; null where the connection was lost or the time is over before it came.</returns>
    public async Task<SocketReply?> Ask(long id, byte[] frame, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<SocketReply?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        try
        {
            await _sending.WaitAsync(cancellation);
            try
            {
                await socket.Send(frame, cancellation);
            }
            finally
            {
                _ = _sending.Release();
            }

            return _isLost ? null : await answer.Task.WaitAsync(cancellation);
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or System.Net.WebSockets.WebSocketException or IOException
                or ObjectDisposedException or InvalidOperationException)
        {
            // Some of it may have left.
            return null;
        }
        finally
        {
            _ = _waiting.TryRemove(id, out _);
        }
    }

    /// <summary>An answer came.</summary>
    public void Answer(SocketReply reply)
    {
        if (reply.Id is { } id && _waiting.TryRemove(id, out TaskCompletionSource<SocketReply?>? waiting))
        {
            _ = waiting.TrySetResult(reply);
        }
    }

    /// <summary>Nothing comes on it any more.</summary>
    public void Lose()
    {
        _isLost = true;
        foreach (TaskCompletionSource<SocketReply?> waiting in _waiting.Values)
        {
            _ = waiting.TrySetResult(null);
        }
    }

    public void Dispose()
    {
        Lose();
        socket.Dispose();
    }
}
