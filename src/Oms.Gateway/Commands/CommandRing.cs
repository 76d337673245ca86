using System.Collections.Concurrent;
using System.Diagnostics;
using Oms.Domain.Messages;
using Oms.SharedMemory.Rings;

namespace Oms.Gateway.Commands;

/// <summary>
/// Where all calls meet the one thread that writes commands to FastPath. A command that FastPath would not
/// take now is refused at once: nothing lies in the ring for a FastPath that is not there.
/// </summary>
internal sealed class CommandRing : IDisposable
{
    private static readonly TimeSpan BeatInterval = TimeSpan.FromMilliseconds(200);

    private readonly RingWriter _ring;
    private readonly PendingReplies _replies;
    private readonly BlockingCollection<QueuedCommand> _queue = new(GatewayLimits.CommandsQueuedMax);
    private readonly Thread _thread;

    public CommandRing(RingWriter ring, PendingReplies replies)
    {
        _ring = ring;
        _replies = replies;
        _thread = new(Run) { IsBackground = true, Name = "commands" };
    }

    /// <summary>Whether FastPath takes commands.</summary>
    public bool IsConsumerAlive => _ring.Ring.IsReaderAlive;

    public void Start() => _thread.Start();

    /// <summary>False when the queue is full.</summary>
    public bool TryEnqueue(QueuedCommand command) => _queue.TryAdd(command);

    public void Dispose()
    {
        _queue.CompleteAdding();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _queue.Dispose();
    }

    private void Run()
    {
        while (!_queue.IsCompleted)
        {
            if (_queue.TryTake(out QueuedCommand? command, BeatInterval))
            {
                Settle(command, _ring.Ring.IsReaderAlive ? Offer(command) : OfferResult.ConsumerGone);
            }

            _ring.Beat();
        }
    }

    private OfferResult Offer(QueuedCommand command)
    {
        if (command.Place is { } order)
        {
            PlaceOrder stamped = order with
            {
                Stamps = order.Stamps with { GatewayOffered = Stopwatch.GetTimestamp() },
            };
            return _ring.Offer(in stamped);
        }

        if (command.Transfer is { } transfer)
        {
            return _ring.Offer(in transfer);
        }

        CancelOrder cancel = command.Cancel.GetValueOrDefault();
        return _ring.Offer(in cancel);
    }

    private void Settle(QueuedCommand command, OfferResult result)
    {
        switch (result)
        {
            case OfferResult.Accepted:
                break;
            case OfferResult.BackPressured:
                _replies.Complete(command.CorrelationId, new(CommandFate.BackPressured));
                break;
            case OfferResult.ConsumerGone:
                _replies.Complete(command.CorrelationId, new(CommandFate.ConsumerGone));
                break;
        }
    }
}
