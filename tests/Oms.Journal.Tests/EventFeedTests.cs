using System.Runtime.InteropServices;
using CsCheck;
using Oms.Domain.Messages;
using Oms.Peer;

namespace Oms.Journal.Tests;

/// <summary>Whatever the ring drops and whenever the reader dies: every event once, in order.</summary>
public sealed class EventFeedTests
{
    private enum Step
    {
        Publish,
        PublishDropped,
        Input,
        Tick,
        Copy,
        Read,
        RestartReader,
    }

    private static readonly Gen<(Step Step, int Count)[]> Steps = Gen.Select(
        Gen.Frequency(
            (4, Gen.Const(Step.Publish)),
            (3, Gen.Const(Step.PublishDropped)),
            (1, Gen.Const(Step.Input)),
            (2, Gen.Const(Step.Tick)),
            (2, Gen.Const(Step.Copy)),
            (5, Gen.Const(Step.Read)),
            (1, Gen.Const(Step.RestartReader))),
        Gen.Int[1, 8]).Array[1, 60];

    [Fact]
    public void Every_event_is_handed_out_once_and_in_order() => Steps.Sample(
        steps =>
        {
            using var model = new Model();
            foreach ((Step step, int count) in steps)
            {
                model.Do(step, count);
            }

            model.Do(Step.Tick, 1);
            model.ReadToTheEnd();
            return true;
        },
        iter: 300);

    [Fact]
    public void What_the_ring_dropped_at_the_very_end_is_found_by_the_next_tick()
    {
        using var model = new Model();
        model.Do(Step.Publish, 3);
        model.ReadToTheEnd();
        Assert.True(model.IsLive);
        model.Do(Step.PublishDropped, 5);
        model.Do(Step.Copy, 1);
        model.Do(Step.Read, 1);
        Assert.Equal(3, model.LastRead);
        model.Do(Step.Tick, 1);
        model.ReadToTheEnd();
    }

    [Fact]
    public void A_reader_that_has_everything_gets_only_what_is_new()
    {
        using var model = new Model();
        model.Do(Step.Publish, 10);
        model.ReadToTheEnd();
        model.Do(Step.RestartReader, 1);
        model.Do(Step.Read, 1);
        Assert.Equal(10, model.LastRead);
        model.Do(Step.Publish, 1);
        model.ReadToTheEnd();
    }

    [Fact]
    public void What_is_only_in_the_head_comes_once_it_is_copied()
    {
        using var model = new Model();
        model.Do(Step.Publish, 3);
        model.ReadToTheEnd();
        model.Do(Step.PublishDropped, 5);
        model.Do(Step.Publish, 1);
        model.Do(Step.Read, 3);
        Assert.Equal((3, false), (model.LastRead, model.IsLive));
        model.Do(Step.Copy, 1);
        model.Do(Step.Read, 6);
        Assert.Equal((9, true), (model.LastRead, model.IsLive));
    }

    [Fact]
    public void From_the_oldest_event_on_there_is_no_more_than_the_log_holds()
    {
        using var log = new TestLog();
        var ring = new DroppingRing();
        log.Write(30, segmentBytes: 1024);
        long oldest = long.Parse(Path.GetFileNameWithoutExtension(log.Segments[2]));
        File.Delete(log.Segments[0]);
        File.Delete(log.Segments[0]);

        LogTruncatedException refused =
            Assert.Throws<LogTruncatedException>(() => new EventFeed(ring, log.Folder, oldest - 2));
        Assert.Equal((oldest - 1, oldest), (refused.LogSequence, refused.OldestLogSequence));
        using var feed = EventFeed.FromOldest(ring, log.Folder);
        for (long number = oldest; number <= 30; number++)
        {
            Assert.True(feed.TryRead(out ReadOnlySpan<byte> message));
            Assert.True(NumberedMessage.Is(number, message));
        }

        Assert.False(feed.TryRead(out _));
        Assert.True(feed.IsLive);
    }

    [Fact]
    public void With_a_log_that_promises_the_disk_only_what_is_on_it_is_read_before_the_ring_speaks()
    {
        using var log = new TestLog();
        using OpenLog open = log.Open();
        open.Write(3);
        open.Copier.Drain();
        open.Write(2);
        open.Copy();
        using var all = new EventFeed(new DroppingRing(), log.Folder, 0);
        using var durable = new EventFeed(new DroppingRing(), log.Folder, 0, isDurableOnly: true);
        Assert.Equal(5, ReadAll(all));
        Assert.Equal(3, ReadAll(durable));
        Assert.True(durable.IsLive);

        long ReadAll(EventFeed feed)
        {
            while (feed.TryRead(out _))
            {
            }

            return feed.LastLogSequence;
        }
    }

    /// <summary>FastPath with its log, a ring that may drop, and a reader that may die.</summary>
    private sealed class Model : IDisposable
    {
        private readonly TestLog _log = new();
        private readonly DroppingRing _ring = new();
        private readonly OpenLog _open;
        private readonly byte[] _buffer = new byte[MessageHeader.MessageBytesMax];
        private EventFeed _feed;
        private long _published;

        public Model()
        {
            _open = _log.Open(segmentBytes: 2048);
            _feed = new EventFeed(_ring, _log.Folder, 0);
        }

        public long LastRead { get; private set; }

        public bool IsLive => _feed.IsLive;

        public void Do(Step step, int count)
        {
            for (int i = 0; i < count; i++)
            {
                DoOnce(step);
            }
        }

        public void ReadToTheEnd()
        {
            _open.Copy();
            while (Read())
            {
            }

            Assert.Equal(_published, LastRead);
            Assert.Equal(_published, _feed.LastLogSequence);
        }

        public void Dispose()
        {
            _feed.Dispose();
            _open.Dispose();
            _log.Dispose();
        }

        private void DoOnce(Step step)
        {
            switch (step)
            {
                case Step.Publish:
                    _ring.Messages.Enqueue(Log());
                    break;
                case Step.PublishDropped:
                    _ = Log();
                    break;
                case Step.Input:
                    Append(TickOf(0));
                    break;
                case Step.Tick:
                    _ring.Messages.Enqueue(TickOf(_published));
                    break;
                case Step.Copy:
                    _open.Copy();
                    break;
                case Step.Read:
                    _ = Read();
                    break;
                case Step.RestartReader:
                    _feed.Dispose();
                    _feed = new EventFeed(_ring, _log.Folder, LastRead);
                    break;
                default:
                    throw new InvalidOperationException(step.ToString());
            }
        }

        private byte[] Log()
        {
            byte[] message = [.. NumberedMessage.Of(++_published, _buffer)];
            Append(message);
            return message;
        }

        private void Append(byte[] message)
        {
            if (!_open.Writer.HasRoomFor(LogFrame.RecordBytesMax))
            {
                _open.Copier.Drain();
            }

            _open.Writer.Append(message);
            _open.Writer.Commit();
        }

        private static byte[] TickOf(long logSequence)
        {
            var tick = new Tick { Header = MessageHeader.For<Tick>() with { LogSequence = logSequence } };
            return [.. MemoryMarshal.AsBytes(new ReadOnlySpan<Tick>(in tick))];
        }

        private bool Read()
        {
            if (!_feed.TryRead(out ReadOnlySpan<byte> message))
            {
                return false;
            }

            LastRead++;
            Assert.True(
                NumberedMessage.Is(LastRead, message),
                $"expected {LastRead}, got {NumberedMessage.NumberOf(message)}");
            return true;
        }
    }

    private sealed class DroppingRing : IMessageSource
    {
        public Queue<byte[]> Messages { get; } = new();

        public bool TryRead(out ReadOnlySpan<byte> message)
        {
            message = Messages.TryDequeue(out byte[]? bytes) ? bytes : default;
            return !message.IsEmpty;
        }
    }
}
