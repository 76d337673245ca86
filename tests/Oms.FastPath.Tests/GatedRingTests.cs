using CsCheck;
using Oms.Domain.Messages;
using Oms.FastPath.Publishing;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>Nothing is seen before the log behind it is safe; everything is seen once it is.</summary>
public sealed class GatedRingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("gate");
    private readonly SharedRegion _region;
    private readonly string _path;

    public GatedRingTests()
    {
        _region = SharedRegion.ForDataFolder(_folder.Path);
        _path = _region.RingPath("gated");
    }

    private enum Step
    {
        Offer,
        OfferAtSamePosition,
        Release,
    }

    public void Dispose()
    {
        _region.Delete();
        _folder.Dispose();
    }

    [Fact]
    public void A_message_is_seen_when_the_disk_has_its_position_and_not_before() => Gen.Select(
        Gen.Enum<Step>(), Gen.Int[1, 400]).Array[1, 40].Sample(
        steps =>
        {
            File.Delete(_path);
            RingFile.CreateIfAbsent(_path, 1 << 20, incarnation: 1);
            using var ring = new GatedRing(RingWriter.Attach(_path), isGated: true);
            using RingReader reader = RingReader.Attach(_path);
            var waiting = new Queue<long>();
            long position = 0;
            long durable = 0;
            long read = 0;
            foreach ((Step step, int count) in steps)
            {
                for (int i = 0; i < count && step != Step.Release; i++)
                {
                    position += step == Step.Offer ? 1 : 0;
                    Assert.Equal(OfferResult.Accepted, ring.Offer(Numbered(position), position));
                    waiting.Enqueue(position);
                }

                durable = step == Step.Release ? Math.Min(position, durable + count) : durable;
                ring.Release(durable);
                while (reader.TryRead(out ReadOnlySpan<byte> message))
                {
                    read = MessageBytes.Header(message).LogSequence;
                    Assert.Equal(waiting.Dequeue(), read);
                    Assert.True(read <= durable);
                }
            }

            ring.Release(position);
            while (reader.TryRead(out ReadOnlySpan<byte> message))
            {
                Assert.Equal(waiting.Dequeue(), MessageBytes.Header(message).LogSequence);
            }

            Assert.Empty(waiting);
            return true;
        },
        iter: 200,
        threads: 1);

    [Fact]
    public void What_was_let_out_up_to_is_known_to_the_next_writer()
    {
        RingFile.CreateIfAbsent(_path, 1 << 16, incarnation: 1);
        using (var ring = new GatedRing(RingWriter.Attach(_path), isGated: true))
        {
            for (long number = 1; number <= 10; number++)
            {
                Assert.Equal(OfferResult.Accepted, ring.Offer(Numbered(number), number));
            }

            ring.Release(7);
        }

        using var next = new GatedRing(RingWriter.Attach(_path), isGated: true);
        Assert.True(next.TryReadLastPublished(out MessageHeader last));
        Assert.Equal(7, last.LogSequence);
    }

    [Fact]
    public void Without_a_gate_a_message_is_seen_at_once()
    {
        RingFile.CreateIfAbsent(_path, 1 << 16, incarnation: 1);
        using var ring = new GatedRing(RingWriter.Attach(_path), isGated: false);
        using RingReader reader = RingReader.Attach(_path);
        Assert.Equal(OfferResult.Accepted, ring.Offer(Numbered(1), 1));
        Assert.True(reader.TryRead(out _));
    }

    [Fact]
    public void Offering_and_releasing_allocate_nothing()
    {
        RingFile.CreateIfAbsent(_path, 1 << 16, incarnation: 1);
        using var ring = new GatedRing(RingWriter.Attach(_path), isGated: true);
        using RingReader reader = RingReader.Attach(_path);
        byte[] message = Numbered(1);
        long before = 0;
        for (int round = 0; round < 4_000; round++)
        {
            before = round == 2_000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            _ = ring.Offer(message, round);
            ring.Release(round - 10);
            _ = reader.TryRead(out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static byte[] Numbered(long number)
    {
        var tick = new Tick { Header = MessageHeader.For<Tick>() with { LogSequence = number } };
        return MessageBytes.Of(in tick).ToArray();
    }
}
