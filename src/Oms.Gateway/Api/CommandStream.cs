using System.Diagnostics;
using System.Threading.Channels;
using Google.Protobuf.Collections;
using Grpc.Core;
using Oms.Gateway.Access;
using Oms.Gateway.Commands;

namespace Oms.Gateway.Api;

/// <summary>
/// One client's fast way in: commands go to FastPath as they came, in one batch a message, and outcomes go out
/// as FastPath answers, as many in a message as are there.
/// </summary>
internal sealed class CommandStream(
    CommandIntake intake, CommandRing ring, PendingReplies replies, Identity caller, TimeProvider time)
    : IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(500);

    private readonly Channel<V1.CommandOutcome> _outcomes = Channel.CreateUnbounded<V1.CommandOutcome>(
        new() { SingleReader = true });

    private readonly Queue<StreamedReply> _waiting = [];
    private readonly CommandBatch _batch = new();
    private readonly SemaphoreSlim _drained = new(0);
    private volatile bool _isEnding;
    private int _unsent;

    /// <summary>Returns when so many more commands may be taken: the client reads its outcomes.</summary>
    public async Task RoomFor(int commands, CancellationToken cancellation)
    {
        while (Volatile.Read(ref _unsent) + commands > GatewayLimits.CommandsPerStreamMax)
        {
            await _drained.WaitAsync(cancellation);
        }
    }

    public void Take(RepeatedField<V1.Command> commands)
    {
        _ = Interlocked.Add(ref _unsent, commands.Count);
        _batch.Clear();
        long now = Stopwatch.GetTimestamp();
        lock (_waiting)
        {
            while (_waiting.TryPeek(out StreamedReply? first) && first.IsSettled)
            {
                _ = _waiting.Dequeue();
            }

            foreach (V1.Command command in commands)
            {
                var waiter = new StreamedReply(this, command.RequestId, now);
                if (intake.TryAdd(command, caller, _batch, waiter, out V1.CommandOutcome settled))
                {
                    _waiting.Enqueue(waiter);
                }
                else
                {
                    _ = _outcomes.Writer.TryWrite(settled);
                }
            }
        }

        ring.Offer(_batch);
    }

    /// <summary>No command comes any more: the stream ends when all have their outcomes.</summary>
    public void EndOfCommands()
    {
        _isEnding = true;
        CompleteIfDone();
    }

    /// <summary>Nobody waits any longer.</summary>
    public void Dispose()
    {
        lock (_waiting)
        {
            foreach (StreamedReply waiter in _waiting)
            {
                replies.Abandon(waiter);
            }

            _waiting.Clear();
        }

        _ = _outcomes.Writer.TryComplete();
        _drained.Dispose();
    }

    /// <summary>Writes outcomes until there are none to come.</summary>
    public async Task Write(
        IServerStreamWriter<V1.StreamCommandsResponse> responses, CancellationToken cancellation)
    {
        using var sweeping = new PeriodicTimer(SweepInterval, time);
        Task<bool> tick = sweeping.WaitForNextTickAsync(cancellation).AsTask();
        Task<bool>? more = null;
        while (true)
        {
            var response = new V1.StreamCommandsResponse();
            while (response.Outcomes.Count < GatewayLimits.CommandsPerMessageMax
                && _outcomes.Reader.TryRead(out V1.CommandOutcome? outcome))
            {
                response.Outcomes.Add(outcome);
            }

            if (response.Outcomes.Count > 0)
            {
                await responses.WriteAsync(response, cancellation);
                _ = Interlocked.Add(ref _unsent, -response.Outcomes.Count);
                _ = _drained.Release();
                CompleteIfDone();
                continue;
            }

            more ??= _outcomes.Reader.WaitToReadAsync(cancellation).AsTask();
            if (await Task.WhenAny(more, tick) == tick)
            {
                _ = await tick;
                tick = sweeping.WaitForNextTickAsync(cancellation).AsTask();
                Sweep();
            }

            if (more.IsCompleted)
            {
                if (!await more)
                {
                    return;
                }

                more = null;
            }
        }
    }

    private void Settled(long requestId, CommandReply? reply)
    {
        var outcome = new V1.CommandOutcome { RequestId = requestId };
        CommandIntake.Settle(outcome, reply);
        _ = _outcomes.Writer.TryWrite(outcome);
    }

    private void CompleteIfDone()
    {
        if (_isEnding && Volatile.Read(ref _unsent) == 0)
        {
            _ = _outcomes.Writer.TryComplete();
        }
    }

    /// <summary>What FastPath has not answered in time has an outcome that is not known.</summary>
    private void Sweep()
    {
        lock (_waiting)
        {
            while (_waiting.TryPeek(out StreamedReply? first)
                && (first.IsSettled || Stopwatch.GetElapsedTime(first.TakenTicks) > GatewayLimits.ReplyWaitDefault))
            {
                _ = _waiting.Dequeue();
                replies.Abandon(first);
                first.Expire();
            }
        }
    }

    /// <summary>Waits for the answer to one command of the stream.</summary>
    private sealed class StreamedReply(CommandStream stream, long requestId, long takenTicks) : ReplyWaiter
    {
        private int _isSettled;

        public long TakenTicks { get; } = takenTicks;

        public bool IsSettled => Volatile.Read(ref _isSettled) != 0;

        public override bool Take(CommandReply reply)
        {
            Settle(reply);
            return true;
        }

        public void Expire() => Settle(null);

        private void Settle(CommandReply? reply)
        {
            if (Interlocked.Exchange(ref _isSettled, 1) == 0)
            {
                stream.Settled(requestId, reply);
            }
        }
    }
}
