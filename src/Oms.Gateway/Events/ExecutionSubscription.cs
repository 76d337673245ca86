using System.Collections.Frozen;
using System.Threading.Channels;
using Oms.Domain.Ids;

namespace Oms.Gateway.Events;

/// <summary>
/// The executions of some accounts on their way to one client, which may be behind by a bounded number.
/// </summary>
internal sealed class ExecutionSubscription(FrozenSet<AccountId> accounts, int queuedMax)
{
    private readonly Channel<ExecutionUpdate> _queue = Channel.CreateBounded<ExecutionUpdate>(
        new BoundedChannelOptions(queuedMax) { SingleReader = true, SingleWriter = true });

    private readonly TaskCompletionSource _overflowed =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChannelReader<ExecutionUpdate> Updates => _queue.Reader;

    /// <summary>
    /// Completes when the client is behind by more than may be; nothing is queued after that.
    /// </summary>
    public Task Overflowed => _overflowed.Task;

    public bool IsOverflowed => _overflowed.Task.IsCompleted;

    /// <summary>Forgets what is queued.</summary>
    public void Drop()
    {
        while (_queue.Reader.TryRead(out _))
        {
        }
    }

    /// <summary>Queues the update if it is of interest; never waits.</summary>
    public void Offer(ExecutionUpdate update)
    {
        if (accounts.Contains(update.AccountId) && !_queue.Writer.TryWrite(update))
        {
            _ = _overflowed.TrySetResult();
            _ = _queue.Writer.TryComplete();
        }
    }
}
