using System.Collections.Concurrent;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;

namespace Oms.Silo.Control;

/// <summary>
/// Where all that grains want of FastPath meets the one thread that writes the silo's ring. Whoever offers hears
/// at once whether it is in the ring; what FastPath makes of it comes as an event.
/// </summary>
internal sealed class FastPathCommands : IDisposable
{
    public const int QueuedMax = 1024;

    private static readonly TimeSpan BeatInterval = TimeSpan.FromMilliseconds(200);

    private readonly RingWriter _ring;
    private readonly BlockingCollection<Offered> _queue = new(QueuedMax);
    private readonly Thread _thread;

    private FastPathCommands(RingWriter ring)
    {
        _ring = ring;
        _thread = new(Run) { IsBackground = true, Name = "commands" };
    }

    /// <summary>Null while FastPath has not made the ring.</summary>
    /// <exception cref="RoleTakenException">Another live process writes it.</exception>
    public static FastPathCommands? TryStart(SharedRegion region)
    {
        string path = region.RingPath(RingTopology.SiloCommands);
        if (!File.Exists(path))
        {
            return null;
        }

        var commands = new FastPathCommands(RingWriter.Attach(path));
        commands._thread.Start();
        return commands;
    }

    /// <summary>Offers a message to FastPath; one that is not accepted was not seen by it.</summary>
    public Task<OfferResult> OfferAsync<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage
    {
        var offered = new Offered(MessageBytes.Of(in message).ToArray());
        return _queue.TryAdd(offered) ? offered.Result.Task : Task.FromResult(OfferResult.BackPressured);
    }

    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
        _ring.Dispose();
    }

    private void Run()
    {
        while (!_queue.IsCompleted)
        {
            if (_queue.TryTake(out Offered? offered, BeatInterval))
            {
                // Nothing lies in the ring for a FastPath that is not there.
                offered.Result.SetResult(
                    _ring.Ring.IsReaderAlive ? _ring.Offer(offered.Message) : OfferResult.ConsumerGone);
            }

            _ring.Beat();
        }
    }

    private sealed record Offered(byte[] Message)
    {
        public TaskCompletionSource<OfferResult> Result { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
