using Oms.Domain;
using Oms.Domain.Messages;
using Oms.Peer;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;

namespace Oms.SharedMemory.Tests;

public sealed class RingTests : IDisposable
{
    private const int HeaderLength = 1024;

    private readonly TestRegion _test = new();
    private readonly byte[] _buffer = new byte[MessageHeader.MessageBytesMax];

    public void Dispose() => _test.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(24)]
    public void A_ring_of_another_layout_is_refused_and_not_touched(int offset)
    {
        string path = _test.Ring();
        TestRegion.Overwrite(path, offset, 0xEE);
        byte[] before = File.ReadAllBytes(path);
        LayoutMismatchException mismatch = Assert.Throws<LayoutMismatchException>(() => RingFile.Open(path));
        Assert.Contains(path, mismatch.Message);
        _ = Assert.Throws<LayoutMismatchException>(() => RingReader.Attach(path));
        _ = Assert.Throws<LayoutMismatchException>(() => RingWriter.Attach(path));
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(5119)]
    [InlineData(5121)]
    public void A_file_of_another_length_is_no_ring(long lengthBytes)
    {
        string path = _test.Ring();
        using (var stream = new FileStream(path, FileMode.Open))
        {
            stream.SetLength(lengthBytes);
        }

        _ = Assert.Throws<LayoutMismatchException>(() => RingFile.Open(path));
    }

    [Fact]
    public void A_ring_that_nobody_made_is_not_there() =>
        Assert.Throws<FileNotFoundException>(() => RingFile.Open(_test.Region.RingPath("none")));

    [Fact]
    public void A_ring_that_is_there_stays()
    {
        string path = _test.Ring();
        using (RingWriter writer = RingWriter.Attach(path))
        {
            Assert.Equal(OfferResult.Accepted, writer.Offer(NumberedMessage.Of(1, _buffer)));
        }

        RingFile.CreateIfAbsent(path, 8192, incarnation: 2);
        using RingReader reader = RingReader.Attach(path);
        Assert.Equal((4096, 1), (reader.Ring.CapacityBytes, reader.Ring.Incarnation));
        Assert.True(reader.TryRead(out ReadOnlySpan<byte> message));
        Assert.True(NumberedMessage.Is(1, message));
        Assert.Empty(Directory.GetFiles(_test.Region.Path, "*.draft"));
    }

    [Fact]
    public void An_end_belongs_to_one_while_it_lives()
    {
        string path = _test.Ring();
        RingWriter writer = RingWriter.Attach(path);
        RingReader reader = RingReader.Attach(path);
        Assert.Contains(
            "writer", Assert.Throws<RoleTakenException>(() => RingWriter.Attach(path)).Message);
        Assert.Contains(
            "reader", Assert.Throws<RoleTakenException>(() => RingReader.Attach(path)).Message);
        writer.Dispose();
        reader.Dispose();
        RingWriter.Attach(path).Dispose();
        RingReader.Attach(path).Dispose();
    }

    [Fact]
    public void A_refused_end_does_not_stay_taken()
    {
        string path = _test.Region.RingPath("late");
        _ = Assert.Throws<FileNotFoundException>(() => RingWriter.Attach(path));
        _ = Assert.Throws<FileNotFoundException>(() => RingReader.Attach(path));
        _ = _test.Ring("late");
        RingWriter.Attach(path).Dispose();
        RingReader.Attach(path).Dispose();
    }

    [Fact]
    public void A_full_ring_says_who_is_to_blame()
    {
        string path = _test.Ring();
        using RingWriter writer = RingWriter.Attach(path);
        var tick = new Tick { Header = MessageHeader.For<Tick>() };
        for (int i = 0; i < 4096 / Tick.Length; i++)
        {
            Assert.Equal(OfferResult.Accepted, writer.Offer(in tick));
        }

        Assert.False(writer.Ring.IsReaderAlive);
        Assert.Equal(OfferResult.ConsumerGone, writer.Offer(in tick));
        using RingReader reader = RingReader.Attach(path);
        Assert.True(writer.Ring.IsReaderAlive && reader.Ring.IsWriterAlive);
        Assert.Equal(OfferResult.BackPressured, writer.Offer(in tick));
        Assert.True(reader.TryRead(out _));
        Assert.Equal(OfferResult.BackPressured, writer.Offer(in tick));
        Assert.True(reader.TryRead(out _));
        Assert.Equal(OfferResult.Accepted, writer.Offer(in tick));
        Assert.Equal(OfferResult.BackPressured, writer.Offer(in tick));
    }

    [Theory]
    //          kind  length
    [InlineData(0,    64)]
    [InlineData(45,   0)]
    [InlineData(45,   63)]
    [InlineData(45,   128)]
    [InlineData(45,   65_535)]
    public void What_is_no_message_is_not_taken_for_one(ushort kind, ushort length)
    {
        string path = _test.Ring();
        using RingWriter writer = RingWriter.Attach(path);
        using RingReader reader = RingReader.Attach(path);
        var tick = new Tick { Header = MessageHeader.For<Tick>() };
        Assert.Equal(OfferResult.Accepted, writer.Offer(in tick));
        TestRegion.Overwrite(
            path, HeaderLength, [.. BitConverter.GetBytes(kind), .. BitConverter.GetBytes(length)]);
        long position = reader.ReleasedPosition;
        Assert.Equal(PeekResult.Malformed, reader.Peek(ref position, out ReadOnlySpan<byte> message));
        Assert.True(message.IsEmpty);
        Assert.Equal(reader.ReleasedPosition, position);
        _ = Assert.Throws<InvariantBrokenException>(() => reader.TryRead(out _));
    }

    [Fact]
    public void What_is_no_message_is_not_offered()
    {
        using RingWriter writer = RingWriter.Attach(_test.Ring());
        byte[] whole = NumberedMessage.Of(1, _buffer).ToArray();
        _ = Assert.Throws<InvariantBrokenException>(() => writer.Offer(whole.AsSpan(0, whole.Length - 1)));
        _ = Assert.Throws<InvariantBrokenException>(() => writer.Offer(new byte[64]));
        _ = Assert.Throws<InvariantBrokenException>(() => writer.Offer(new byte[320]));
        _ = Assert.Throws<InvariantBrokenException>(() => writer.Offer(default));
        Assert.Equal(0, writer.Ring.DepthBytes);
    }

    [Fact]
    public void Room_that_was_not_written_or_is_given_back_cannot_be_given_back()
    {
        string path = _test.Ring();
        using RingWriter writer = RingWriter.Attach(path);
        using RingReader reader = RingReader.Attach(path);
        _ = Assert.Throws<InvariantBrokenException>(() => reader.Release(64));
        Assert.Equal(OfferResult.Accepted, writer.Offer(NumberedMessage.Of(1, _buffer)));
        reader.DiscardAll();
        _ = Assert.Throws<InvariantBrokenException>(() => reader.Release(0));
    }

    [Fact]
    public void A_reader_that_restarts_reads_again_what_it_did_not_give_back()
    {
        string path = _test.Ring();
        using RingWriter writer = RingWriter.Attach(path);
        for (long number = 1; number <= 3; number++)
        {
            Assert.Equal(OfferResult.Accepted, writer.Offer(NumberedMessage.Of(number, _buffer)));
        }

        using (RingReader reader = RingReader.Attach(path))
        {
            Assert.True(reader.TryRead(out _));
            Assert.True(reader.TryRead(out _));
        }

        using RingReader again = RingReader.Attach(path);
        Assert.True(again.TryRead(out ReadOnlySpan<byte> message));
        Assert.True(NumberedMessage.Is(2, message));
    }

    [Fact]
    public void Offering_peeking_and_reading_allocate_nothing()
    {
        string path = _test.Ring();
        using RingWriter writer = RingWriter.Attach(path);
        using RingReader reader = RingReader.Attach(path);
        long before = 0;
        long read = 0;
        for (int round = 0; round < 4_000; round++)
        {
            before = round == 2_000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            read += writer.Offer(NumberedMessage.Of(round, _buffer)) == OfferResult.Accepted ? 1 : 0;
            long position = reader.ReleasedPosition;
            read += reader.Peek(ref position, out _) == PeekResult.Message ? 1 : 0;
            read += reader.TryRead(out _) ? 1 : 0;
            read += reader.TryRead(out _) ? 1 : 0;
            reader.Beat();
            writer.Beat();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(12_000, read);
    }
}
