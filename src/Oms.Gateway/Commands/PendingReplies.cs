using System.Diagnostics;
using System.Numerics;
using System.Security.Cryptography;
using Oms.Domain;
using Oms.Gateway.Traces;

namespace Oms.Gateway.Commands;

/// <summary>
/// Those who wait for an answer, by the number that names their command to FastPath and back. Any thread
/// begins, the event pump completes; neither locks.
/// </summary>
internal sealed class PendingReplies
{
    private const int ProbesMax = 8;

    private readonly ReplyWaiter?[] _waiters;
    private readonly uint _mask;
    private readonly uint _session = RandomSession();
    private int _counter;
    private long _clientOrderCounter;

    /// <param name="pendingMax">A power of two.</param>
    public PendingReplies(int pendingMax)
    {
        Invariant.Holds(BitOperations.IsPow2(pendingMax));
        _waiters = new ReplyWaiter?[pendingMax];
        _mask = (uint)pendingMax - 1;
    }

    /// <summary>Begins to wait; false when too many do.</summary>
    public bool TryBegin(ReplyWaiter waiter)
    {
        waiter.Call = CallTraces.Current;
        for (int probe = 0; probe < ProbesMax; probe++)
        {
            // The low half wraps by design: the session stays in the high half.
            uint number = unchecked((uint)Interlocked.Increment(ref _counter));
            waiter.CorrelationId = unchecked(((long)_session << 32) | number);
            if (Interlocked.CompareExchange(ref _waiters[number & _mask], waiter, null) is null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The recorded call whose command this number names; null for none.</summary>
    public Activity? CallOf(long correlationId) =>
        correlationId != 0 && Volatile.Read(ref SlotOf(correlationId)) is { } waiter
        && waiter.CorrelationId == correlationId ? waiter.Call : null;

    public void Complete(long correlationId, CommandReply reply)
    {
        ref ReplyWaiter? slot = ref SlotOf(correlationId);
        ReplyWaiter? waiter = Volatile.Read(ref slot);
        if (waiter is not null && waiter.CorrelationId == correlationId && waiter.Take(reply))
        {
            _ = Interlocked.CompareExchange(ref slot, null, waiter);
        }
    }

    /// <summary>Nobody waits any longer.</summary>
    public void Abandon(ReplyWaiter waiter) =>
        _ = Interlocked.CompareExchange(ref SlotOf(waiter.CorrelationId), null, waiter);

    /// <summary>
    /// A client order id for a client that gave none; no other start of a gateway makes the same.
    /// </summary>
    public string NextClientOrderId() => $"gw-{_session:x8}-{Interlocked.Increment(ref _clientOrderCounter)}";

    private ref ReplyWaiter? SlotOf(long correlationId) =>
        ref _waiters[unchecked((uint)correlationId) & _mask];

    private static uint RandomSession()
    {
        Span<byte> bytes = stackalloc byte[4];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt32(bytes);
    }
}
