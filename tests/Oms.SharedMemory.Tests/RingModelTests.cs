using CsCheck;
using Oms.Domain.Messages;
using Oms.Peer;
using Oms.SharedMemory.Rings;

namespace Oms.SharedMemory.Tests;

/// <summary>The ring does what a queue does, with bounds: checked step by step beside one.</summary>
public sealed class RingModelTests
{
    private const int Capacity = 4096;

    private enum Step
    {
        Offer,
        Stage,
        PublishSome,
        Read,
        PeekAhead,
        RestartWriter,
        RestartReader,
        DiscardAll,
    }

    private static readonly Gen<(Step Step, int Count)[]> Steps = Gen.Select(
        Gen.Frequency(
            (8, Gen.Const(Step.Offer)),
            (4, Gen.Const(Step.Stage)),
            (3, Gen.Const(Step.PublishSome)),
            (4, Gen.Const(Step.Read)),
            (4, Gen.Const(Step.PeekAhead)),
            (1, Gen.Const(Step.RestartWriter)),
            (1, Gen.Const(Step.RestartReader)),
            (1, Gen.Const(Step.DiscardAll))),
        Gen.Int[1, 24]).Array[1, 60];

    [Fact]
    public void A_ring_is_a_bounded_queue() => Steps.Sample(Run, iter: 500);

    private static void Run((Step Step, int Count)[] steps)
    {
        using var test = new TestRegion();
        using var ends = new RingEnds(test.Ring(capacityBytes: Capacity));
        foreach ((Step step, int count) in steps)
        {
            switch (step)
            {
                case Step.Offer:
                    ends.Offer(count);
                    break;
                case Step.Stage:
                    ends.Stage(count);
                    break;
                case Step.PublishSome:
                    ends.PublishSome(count);
                    break;
                case Step.Read:
                    ends.Read(count);
                    break;
                case Step.PeekAhead:
                    ends.PeekAhead(count);
                    break;
                case Step.RestartWriter:
                    ends.RestartWriter();
                    break;
                case Step.RestartReader:
                    ends.RestartReader();
                    break;
                case Step.DiscardAll:
                    ends.DiscardAll();
                    break;
                default:
                    throw new InvalidOperationException(step.ToString());
            }
        }

        ends.PublishSome(int.MaxValue);
        ends.Read(int.MaxValue);
        Assert.Equal(0, ends.Queued);
    }

    private delegate OfferResult OfferMessage(ReadOnlySpan<byte> message);

    /// <summary>Both ends of a ring, and the queue that they should be.</summary>
    private sealed class RingEnds(string path) : IDisposable
    {
        private readonly byte[] _buffer = new byte[MessageHeader.MessageBytesMax];
        private readonly Queue<long> _queue = new();
        private RingWriter _writer = RingWriter.Attach(path);
        private RingReader _reader = RingReader.Attach(path);
        private readonly Queue<(long Number, RingMark Mark)> _staged = new();
        private long _written;
        private long _readAndHeld;
        private RingMark _published;
        private long _cursor;
        private long _released;

        public int Queued => _queue.Count;

        public void Offer(int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (StageOne(_writer.Offer))
                {
                    Publish(_staged.Count);
                }

                Assert.Equal(_published.Cursor - _released, _writer.Ring.DepthBytes);
            }

            ExpectLastPublished();
        }

        public void Stage(int count)
        {
            for (int i = 0; i < count; i++)
            {
                _ = StageOne(_writer.Stage);
            }

            ExpectLastPublished();
        }

        public void PublishSome(int count)
        {
            if (_staged.Count > 0)
            {
                Publish(Math.Min(count, _staged.Count));
                _writer.Publish(in _published);
                Assert.Equal(_published.Cursor - _released, _writer.Ring.DepthBytes);
                ExpectLastPublished();
            }
        }

        private bool StageOne(OfferMessage offer)
        {
            long number = _written + _staged.Count + 1;
            int length = NumberedMessage.LengthOf(number);
            long toEnd = Capacity - (_cursor % Capacity);
            long needed = toEnd < length ? toEnd + length : length;
            bool fits = _cursor + needed - _released <= Capacity
                && (_staged.Count == 0 || _cursor + needed - Capacity <= _published.LastRecordPosition);
            OfferResult result = offer(NumberedMessage.Of(number, _buffer));
            Assert.Equal(fits ? OfferResult.Accepted : OfferResult.BackPressured, result);
            if (fits)
            {
                _cursor += needed;
                _staged.Enqueue((number, new(_cursor, _cursor - length)));
                Assert.Equal(_staged.Last().Mark, _writer.Staged);
            }

            return fits;
        }

        private void Publish(int count)
        {
            for (int i = 0; i < count; i++)
            {
                (_written, _published) = _staged.Dequeue();
                _queue.Enqueue(_written);
            }
        }

        public void Read(int count)
        {
            for (int i = 0; i < count; i++)
            {
                bool found = _reader.TryRead(out ReadOnlySpan<byte> message);
                // Asking for the next gives back the room of the one before.
                _released = _reader.ReleasedPosition;
                Assert.Equal(_queue.Count > 0, found);
                if (!found)
                {
                    _readAndHeld = 0;
                    Assert.Equal(_published.Cursor, _released);
                    return;
                }

                Assert.True(NumberedMessage.Is(_queue.Dequeue(), message));
                _readAndHeld = 1;
            }
        }

        public void PeekAhead(int count)
        {
            ReleaseHeld();
            long position = _reader.ReleasedPosition;
            long releaseUpTo = position;
            int index = 0;
            foreach (long number in _queue.Take(count).ToArray())
            {
                Assert.Equal(PeekResult.Message, _reader.Peek(ref position, out ReadOnlySpan<byte> message));
                Assert.True(NumberedMessage.Is(number, message));
                if (++index <= (count + 1) / 2)
                {
                    releaseUpTo = position;
                    _ = _queue.Dequeue();
                }
            }

            if (count > index && _queue.Count == 0)
            {
                Assert.Equal(PeekResult.Empty, _reader.Peek(ref position, out _));
            }

            _reader.Release(releaseUpTo);
            _released = releaseUpTo;
        }

        public void RestartWriter()
        {
            // What was staged was never said.
            _staged.Clear();
            _cursor = _published.Cursor;
            _writer.Dispose();
            _writer = RingWriter.Attach(path);
            ExpectLastPublished();
        }

        public void RestartReader()
        {
            // What was read and not given back comes again, so it is given back first here.
            ReleaseHeld();
            _reader.Dispose();
            _reader = RingReader.Attach(path);
            Assert.Equal(_released, _reader.ReleasedPosition);
        }

        public void DiscardAll()
        {
            _reader.DiscardAll();
            _queue.Clear();
            _readAndHeld = 0;
            _released = _published.Cursor;
        }

        public void Dispose()
        {
            _writer.Dispose();
            _reader.Dispose();
        }

        private void ReleaseHeld()
        {
            if (_readAndHeld > 0)
            {
                _reader.Release(PositionBehindHeld());
                _readAndHeld = 0;
            }

            _released = _reader.ReleasedPosition;
        }

        private long PositionBehindHeld()
        {
            long position = _reader.ReleasedPosition;
            Assert.Equal(PeekResult.Message, _reader.Peek(ref position, out _));
            return position;
        }

        private void ExpectLastPublished()
        {
            Assert.Equal(_written > 0, _writer.TryReadLastPublished(out MessageHeader header));
            Assert.Equal(_written, header.LogSequence);
            Assert.Equal(_written > 0, _writer.Ring.TryReadLatelyPublished(out header));
            Assert.Equal(_written, header.LogSequence);
        }
    }
}
