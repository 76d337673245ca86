using Oms.Domain.Messages;
using Oms.Journal;
using Oms.SharedMemory.Rings;

namespace Oms.FastPath.Recovery;

/// <summary>
/// How far each inbound ring is in the log. A process that died between logging a batch and giving its room
/// back left messages in the ring that must not come in twice.
/// </summary>
internal sealed class RingPositions(LiveRings rings)
{
    private readonly Dictionary<int, NotedRing> _byNumber = [];

    // Numbers are of one start: with more or fewer strategies, the same ring has another one.
    private readonly Dictionary<string, NotedRing> _byName = [];

    /// <summary>
    /// True from where the log reaches the time of the rings that are there now. Before it there were other
    /// rings, and every session that used them is over.
    /// </summary>
    public bool AreOfTheseRings { get; private set; }

    public void Note(LogRecord record)
    {
        if (MessageBytes.Header(record.Message).Kind == MessageKind.RingAttached)
        {
            ref readonly RingAttached ring = ref MessageBytes.As<RingAttached>(record.Message);
            Set(new(ring.RingNumber, ring.Name.ToString(), ring.Incarnation), ring.Position);
        }
        else if (record.SourceRing != 0)
        {
            _byNumber[record.SourceRing].Position = record.RingPosition;
        }
    }

    /// <summary>
    /// The position behind the last logged message of a ring; null when none of it is logged.
    /// </summary>
    public long? PositionIn(RingIdentity ring) =>
        _byName.TryGetValue(ring.Name, out NotedRing? noted) && noted.Ring.Incarnation == ring.Incarnation
            ? noted.Position
            : null;

    public void Save(BinaryWriter writer)
    {
        // Those without a number come first: theirs is another's now.
        NotedRing[] noted = [.. _byName.Values.Where(ring => !HasNumber(ring)), .. _byNumber.Values];
        writer.Write(noted.Length);
        foreach (NotedRing each in noted)
        {
            writer.Write(each.Ring.Number);
            writer.Write(each.Ring.Name);
            writer.Write(each.Ring.Incarnation);
            writer.Write(each.Position);
        }
    }

    public void Load(BinaryReader reader)
    {
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            Set(new(reader.ReadInt32(), reader.ReadString(), reader.ReadInt64()), reader.ReadInt64());
        }
    }

    private bool HasNumber(NotedRing ring) => _byNumber.GetValueOrDefault(ring.Ring.Number) == ring;

    private void Set(RingIdentity ring, long position)
    {
        if (_byName.TryGetValue(ring.Name, out NotedRing? before) && HasNumber(before))
        {
            _ = _byNumber.Remove(before.Ring.Number);
        }

        var noted = new NotedRing(ring) { Position = position };
        _byNumber[ring.Number] = noted;
        _byName[ring.Name] = noted;
        // Rings of strategies may be new: what matters is who is asked to carry requests out.
        AreOfTheseRings = rings.Inbound
            .Where(live => RingTopology.IsConnectorReports(live.Name))
            .All(live => PositionIn(live) is not null);
    }

    private sealed class NotedRing(RingIdentity ring)
    {
        public RingIdentity Ring { get; } = ring;

        /// <summary>Behind what is logged of it.</summary>
        public long Position { get; set; }
    }
}
