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
        Read,
        RestartReader,
    }

    private static readonly Gen<(Step Step, int Count)[]> Steps = Gen.Select(
        Gen.Frequency(
            (4, Gen.Const(Step.Publish)),
            (3, Gen.Const(Step.PublishDropped)),
            (1, Gen.Const(Step.Input)),
            (2, Gen.Const(Step.Tick)),
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

    /// <summary>FastPath with its log, a ring that may drop, and a reader that may die.</summary>
    private sealed class Model : IDisposable
    {
        private readonly TestLog _log = new();
        private readonly DroppingRing _ring = new();
        private readonly LogWriter _writer;
        private readonly byte[] _buffer = new byte[MessageHeader.MessageBytesMax];
        private EventFeed _feed;
        private long _published;

        public Model()
        {
            _writer = new LogWriter(
                _log.Folder, LogRecovery.Recover(_log.Folder, static _ => { }), 1, segmentBytes: 2048);
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
            while (Read())
            {
            }

            Assert.Equal(_published, LastRead);
            Assert.Equal(_published, _feed.LastLogSequence);
        }

        public void Dispose()
        {
            _feed.Dispose();
            _writer.Dispose();
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
                    LogTick(0);
                    break;
                case Step.Tick:
                    _ring.Messages.Enqueue(TickOf(_published));
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
            _writer.Append(message);
            _writer.Commit();
            return message;
        }

        private void LogTick(long logSequence)
        {
            _writer.Append(TickOf(logSequence));
            _writer.Commit();
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
