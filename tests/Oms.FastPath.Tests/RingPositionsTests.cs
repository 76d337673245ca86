using System.Text;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.FastPath.Recovery;
using Oms.Journal;

namespace Oms.FastPath.Tests;

/// <summary>How far each ring is in the log, whatever number it had when a message came in.</summary>
public sealed class RingPositionsTests
{
    private const string Strategy = "commands.strategy-1";
    private const string Reports = "reports.connectors-0";

    private static readonly LiveRings Live = new([new(3, Reports, 7)], 0);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_ring_keeps_its_position_when_it_gets_another_number(bool isSaved)
    {
        var positions = new RingPositions(Live);
        Attach(positions, new(3, Strategy, 5), 0);
        Attach(positions, new(9, Reports, 7), 0);
        Assert.True(positions.AreOfTheseRings);
        Take(positions, 3, 640);
        Take(positions, 9, 1280);
        Assert.Equal((640L, 1280L), (In(positions, Strategy, 5), In(positions, Reports, 7)));

        // Fewer strategies: the connector has the number of one that is gone, and what it says counts for it alone.
        Attach(positions, new(3, Reports, 7), 1280);
        Take(positions, 3, 1920);
        positions = isSaved ? SavedAndLoaded(positions) : positions;
        Assert.True(positions.AreOfTheseRings);
        Assert.Equal((640L, 1920L), (In(positions, Strategy, 5), In(positions, Reports, 7)));

        // The strategy is back.
        Attach(positions, new(3, Strategy, 5), 640);
        Attach(positions, new(9, Reports, 7), 1920);
        Take(positions, 3, 704);
        positions = isSaved ? SavedAndLoaded(positions) : positions;
        Assert.Equal((704L, 1920L), (In(positions, Strategy, 5), In(positions, Reports, 7)));
    }

    [Fact]
    public void A_ring_that_was_made_again_has_no_past()
    {
        var positions = new RingPositions(Live);
        Attach(positions, new(3, Reports, 6), 0);
        Take(positions, 3, 640);

        Assert.False(positions.AreOfTheseRings);
        Assert.Null(In(positions, Reports, 7));
        Assert.Null(In(positions, Strategy, 5));
    }

    private static RingPositions SavedAndLoaded(RingPositions positions)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            positions.Save(writer);
        }

        stream.Position = 0;
        var loaded = new RingPositions(Live);
        using var reader = new BinaryReader(stream);
        loaded.Load(reader);
        Assert.Equal(stream.Length, stream.Position);
        return loaded;
    }

    private static long? In(RingPositions positions, string name, long incarnation) =>
        positions.PositionIn(new(0, name, incarnation));

    private static void Attach(RingPositions positions, RingIdentity ring, long position)
    {
        var attached = new RingAttached
        {
            Header = MessageHeader.For<RingAttached>(),
            RingNumber = ring.Number,
            Incarnation = ring.Incarnation,
            Position = position,
            Name = Text32.Of(ring.Name),
        };
        positions.Note(Record(MessageBytes.Of(in attached), 0, 0));
    }

    private static void Take(RingPositions positions, int number, long position)
    {
        var tick = new Tick { Header = MessageHeader.For<Tick>() };
        positions.Note(Record(MessageBytes.Of(in tick), number, position));
    }

    private static LogRecord Record(ReadOnlySpan<byte> message, int sourceRing, long ringPosition) => new()
    {
        RecordSequence = 1, Message = message, SourceRing = sourceRing, RingPosition = ringPosition,
    };
}
