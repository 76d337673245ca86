using Oms.Domain.Messages;
using Oms.SharedMemory.Rings;

namespace Oms.Gateway.Commands;

/// <summary>
/// Where all calls meet: one of them at a time writes to FastPath's ring, and none waits for another thread.
/// A command that FastPath would not take now is refused at once: nothing lies in the ring for a FastPath that
/// is not there.
/// </summary>
internal sealed class CommandRing : IDisposable
{
    private static readonly TimeSpan BeatInterval = TimeSpan.FromMilliseconds(200);

    private readonly RingWriter _ring;
    private readonly PendingReplies _replies;
    private readonly Lock _writing = new();
    private readonly ManualResetEventSlim _stopping = new();
    private readonly Thread _heart;

    public CommandRing(RingWriter ring, PendingReplies replies)
    {
        _ring = ring;
        _replies = replies;
        // A thread of its own: FastPath hears from this process however busy the calls keep it.
        _heart = new(Beat) { IsBackground = true, Name = "commands" };
    }

    /// <summary>Whether FastPath takes commands.</summary>
    public bool IsConsumerAlive => _ring.Ring.IsReaderAlive;

    public void Start() => _heart.Start();

    /// <summary>Writes a command, or says why not; never waits for FastPath.</summary>
    public CommandFate Offer<TCommand>(in TCommand command)
        where TCommand : unmanaged, IMessage
    {
        lock (_writing)
        {
            return _ring.Ring.IsReaderAlive ? FateOf(_ring.Offer(in command)) : CommandFate.ConsumerGone;
        }
    }

    /// <summary>
    /// Writes commands behind each other and lets FastPath see them at once. Who waits for one that was not
    /// taken is told so.
    /// </summary>
    public void Offer(CommandBatch batch)
    {
        int taken = 0;
        CommandFate fate = CommandFate.Answered;
        lock (_writing)
        {
            fate = _ring.Ring.IsReaderAlive ? fate : CommandFate.ConsumerGone;
            ReadOnlySpan<byte> rest = batch.Messages;
            while (fate == CommandFate.Answered && taken < batch.Count)
            {
                int length = MessageBytes.Header(rest).LengthBytes;
                fate = FateOf(_ring.Stage(rest[..length]));
                taken += fate == CommandFate.Answered ? 1 : 0;
                rest = rest[length..];
            }

            _ring.Publish(_ring.Staged);
        }

        for (int index = taken; index < batch.Count; index++)
        {
            _replies.Complete(batch.WaiterOf(index).CorrelationId, new(fate));
        }
    }

    public void Dispose()
    {
        _stopping.Set();
        if (_heart.IsAlive)
        {
            _heart.Join();
        }

        _stopping.Dispose();
    }

    private static CommandFate FateOf(OfferResult result) => result switch
    {
        OfferResult.Accepted => CommandFate.Answered,
        OfferResult.BackPressured => CommandFate.BackPressured,
        OfferResult.ConsumerGone => CommandFate.ConsumerGone,
    };

    private void Beat()
    {
        do
        {
            _ring.Beat();
        }
        while (!_stopping.Wait(BeatInterval));
    }
}
