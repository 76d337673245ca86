using System.Threading.Channels;
using Oms.Domain.Configuration;
using Oms.Journal;
using Oms.SharedMemory.Rings;

namespace Oms.Silo.Feed;

/// <summary>
/// The thread that reads FastPath's events, from the log what is past and from the ring what is new, into a
/// channel. When the channel is full it stops reading; what then does not fit into the ring is read from the
/// log later.
/// </summary>
internal sealed class EventReader
{
    /// <summary>Events that were read and not yet taken.</summary>
    public const int EventsHeldMax = 8192;

    private const int ReadsPerBeatMax = 256;

    /// <summary>
    /// What comes so soon after an event goes on together: a batch costs nearly as much for one event as for many, and
    /// on a shared core that is taken from the orders that follow.
    /// </summary>
    private const long GatherNanos = 5_000_000;

    private readonly RingReader _ring;
    private readonly bool _isDurableOnly;
    private readonly string _logFolder;
    private readonly long _afterLogSequence;
    private readonly FeedState _state;
    private readonly BackoffIdleStrategy _idle;

    // Neither is woken by the ring, from which nothing is taken meanwhile.
    private readonly RingPark _gathering = new();
    private readonly BackoffIdleStrategy _idleWhileFull = new(IdlePolicy.Backoff);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<byte[]> _events = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(EventsHeldMax) { SingleReader = true, SingleWriter = true });
    private volatile bool _isStopping;

    private EventReader(LiveEvents live, string logFolder, long afterLogSequence, FeedState state)
    {
        _ring = live.Ring;
        var park = new RingPark();
        park.Watch(_ring);
        _idle = new(IdlePolicy.Backoff, park: park);
        _isDurableOnly = live.IsDurableOnly;
        _logFolder = logFolder;
        _afterLogSequence = afterLogSequence;
        _state = state;
    }

    /// <summary>The events, copied; it ends with the reader, and with the reader's failure.</summary>
    public ChannelReader<byte[]> Events => _events.Reader;

    public static EventReader Start(LiveEvents live, string logFolder, long afterLogSequence, FeedState state)
    {
        var reader = new EventReader(live, logFolder, afterLogSequence, state);
        new Thread(reader.Run) { IsBackground = true, Name = "event reader" }.Start();
        return reader;
    }

    /// <summary>Returns when the thread has let go of the ring.</summary>
    public Task StopAsync()
    {
        _isStopping = true;
        _gathering.Wake();
        return _ended.Task;
    }

    private void Run()
    {
        try
        {
            using var feed = new EventFeed(_ring, _logFolder, _afterLogSequence, _isDurableOnly);
            while (!_isStopping)
            {
                int work = ReadSome(feed);
                _ring.Beat();
                _state.Read(feed.LastLogSequence, feed.IsLive);
                if (work is > 0 and < ReadsPerBeatMax && feed.IsLive)
                {
                    _ = _gathering.Sleep(GatherNanos);
                }
                else
                {
                    _idle.Idle(work);
                }
            }

            _ = _events.Writer.TryComplete();
        }
        catch (Exception failure) when (_events.Writer.TryComplete(failure))
        {
            // Handed over: whoever takes the events sees it.
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private int ReadSome(EventFeed feed)
    {
        int work = 0;
        while (work < ReadsPerBeatMax && feed.TryRead(out ReadOnlySpan<byte> message))
        {
            work++;
            byte[] copy = message.ToArray();
            while (!_events.Writer.TryWrite(copy))
            {
                if (_isStopping)
                {
                    return work;
                }

                _ring.Beat();
                _idleWhileFull.Idle(0);
            }

            _idleWhileFull.Idle(1);
        }

        return work;
    }
}
