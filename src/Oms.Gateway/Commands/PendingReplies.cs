using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Oms.Gateway.Commands;

/// <summary>
/// The calls that wait for an answer, by the number that names their request to FastPath and back.
/// </summary>
internal sealed class PendingReplies(int pendingMax)
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<CommandReply>> _pending = new();
    private readonly uint _session = RandomSession();
    private long _counter;
    private long _clientOrderCounter;

    /// <summary>Begins to wait; false when too many do.</summary>
    public bool TryBegin(out long correlationId, out Task<CommandReply> reply)
    {
        correlationId = 0;
        // The pump completes; what follows an answer must not run on its thread.
        var source = new TaskCompletionSource<CommandReply>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        reply = source.Task;
        if (_pending.Count >= pendingMax)
        {
            return false;
        }

        // The low half wraps by design: the session stays in the high half.
        correlationId = unchecked(((long)_session << 32) | (uint)Interlocked.Increment(ref _counter));
        _pending[correlationId] = source;
        return true;
    }

    public void Complete(long correlationId, CommandReply reply)
    {
        if (_pending.TryRemove(correlationId, out TaskCompletionSource<CommandReply>? source))
        {
            _ = source.TrySetResult(reply);
        }
    }

    /// <summary>Nobody waits any longer.</summary>
    public void Abandon(long correlationId) => _ = _pending.TryRemove(correlationId, out _);

    /// <summary>
    /// A client order id for a client that gave none; no other start of a gateway makes the same.
    /// </summary>
    public string NextClientOrderId() => $"gw-{_session:x8}-{Interlocked.Increment(ref _clientOrderCounter)}";

    private static uint RandomSession()
    {
        Span<byte> bytes = stackalloc byte[4];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt32(bytes);
    }
}
