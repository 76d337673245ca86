using Oms.Domain.Messages;
using Oms.FastPath.Publishing;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>Who reads gets events; who does not costs nothing; who comes is told where the log is.</summary>
public sealed class EventPublisherTests : IDisposable
{
    private const int CapacityBytes = 4096;
    private const int ReaderHeartbeatOffset = 520;

    private readonly TemporaryFolder _folder = new("publisher");
    private readonly SharedRegion _region;
    private readonly string _path;

    public EventPublisherTests()
    {
        _region = SharedRegion.ForDataFolder(_folder.Path);
        _path = _region.RingPath("events");
        RingFile.CreateIfAbsent(_path, CapacityBytes, incarnation: 1);
    }

    public void Dispose()
    {
        _region.Delete();
        _folder.Dispose();
    }

    [Fact]
    public void A_ring_that_must_be_read_is_written_whether_or_not_anybody_reads()
    {
        using EventPublisher publisher = Open(isOptional: false);
        Assert.True(publisher.IsListening);
        publisher.NoteReader();
        Assert.True(publisher.IsListening);
        publisher.CatchUp(0, 0);
        publisher.Publish(Event(1), 1);
        using RingReader reader = RingReader.Attach(_path);
        Assert.Equal([(MessageKind.Tick, 0L), (MessageKind.PositionChanged, 1L)], Read(reader));
    }

    [Fact]
    public void A_ring_that_nobody_ever_read_is_not_listened_to()
    {
        using EventPublisher publisher = Open(isOptional: true);
        Assert.False(publisher.IsListening);
        publisher.NoteReader();
        Assert.False(publisher.IsListening);
        using RingFile ring = RingFile.Open(_path);
        Assert.Equal((0L, 0L), (ring.DepthBytes, publisher.MissedCount));
    }

    [Fact]
    public void Who_begins_to_read_is_told_the_head_of_the_log_before_any_event()
    {
        using EventPublisher publisher = Open(isOptional: true);
        publisher.NoteReader();
        using RingReader reader = RingReader.Attach(_path);
        publisher.NoteReader();
        Assert.True(publisher.IsListening);
        // Between two looks at the readers an event may come: it is in the log, and the reader is told.
        publisher.Publish(Event(41), 41);
        Assert.Equal(1, publisher.MissedCount);
        publisher.CatchUp(41, 41);
        publisher.Publish(Event(42), 42);
        Assert.Equal([(MessageKind.Tick, 41L), (MessageKind.PositionChanged, 42L)], Read(reader));
    }

    [Fact]
    public void Who_stops_reading_is_left_and_told_the_head_again_when_it_is_back()
    {
        using EventPublisher publisher = Open(isOptional: true);
        using (RingReader reader = RingReader.Attach(_path))
        {
            publisher.NoteReader();
            publisher.CatchUp(1, 1);
            publisher.Publish(Event(2), 2);
            Assert.Equal(2, Read(reader).Count);
        }

        Silence();
        publisher.NoteReader();
        Assert.False(publisher.IsListening);

        using RingReader again = RingReader.Attach(_path);
        publisher.NoteReader();
        Assert.True(publisher.IsListening);
        publisher.CatchUp(1_000, 1_000);
        publisher.Publish(Event(1_001), 1_001);
        Assert.Equal([(MessageKind.Tick, 1_000L), (MessageKind.PositionChanged, 1_001L)], Read(again));
    }

    [Fact]
    public void Who_is_behind_by_a_whole_ring_misses_events_and_is_told_up_to_where_once_there_is_room()
    {
        using EventPublisher publisher = Open(isOptional: true);
        using RingReader reader = RingReader.Attach(_path);
        publisher.NoteReader();
        publisher.CatchUp(0, 0);
        // Two short ones, and the rest is filled to the last byte by long ones.
        var tick = new Tick { Header = MessageHeader.For<Tick>() };
        publisher.Publish(MessageBytes.Of(in tick), 0);
        long number = 0;
        while (publisher.MissedCount == 0)
        {
            publisher.Publish(Event(++number), number);
        }

        publisher.Publish(Event(++number), number);
        publisher.CatchUp(number, number);
        Assert.Equal(2, publisher.MissedCount);
        List<(MessageKind Kind, long Number)> read = Read(reader);
        Assert.Equal(number - 2, read[^1].Number);

        publisher.CatchUp(number, number);
        publisher.CatchUp(number, number);
        publisher.Publish(Event(++number), number);
        Assert.Equal([(MessageKind.Tick, number - 1), (MessageKind.PositionChanged, number)], Read(reader));
    }

    private EventPublisher Open(bool isOptional) =>
        new(new GatedRing(RingWriter.Attach(_path), isGated: false), isOptional);

    /// <summary>As time does to a reader that is gone.</summary>
    private void Silence()
    {
        using FileStream ring = new(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        ring.Position = ReaderHeartbeatOffset;
        ring.Write(new byte[8]);
    }

    private static List<(MessageKind Kind, long Number)> Read(RingReader reader)
    {
        List<(MessageKind, long)> read = [];
        while (reader.TryRead(out ReadOnlySpan<byte> message))
        {
            ref readonly MessageHeader header = ref MessageBytes.Header(message);
            read.Add((header.Kind, header.LogSequence));
        }

        return read;
    }

    private static byte[] Event(long number)
    {
        var position = default(PositionChanged) with
        {
            Header = MessageHeader.For<PositionChanged>() with { LogSequence = number },
        };
        return MessageBytes.Of(in position).ToArray();
    }
}
