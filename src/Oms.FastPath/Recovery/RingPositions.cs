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
    private readonly Dictionary<int, (RingIdentity Ring, long Position)> _byNumber = [];

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
            _byNumber[record.SourceRing] =
                _byNumber[record.SourceRing] with { Position = record.RingPosition };
        }
    }

    /// <summary>
    /// The position behind the last logged message of a ring; null when none of it is logged.
    /// </summary>
    public long? PositionIn(RingIdentity ring) =>
        _byNumber.TryGetValue(ring.Number, out (RingIdentity Ring, long Position) noted) && noted.Ring == ring
            ? noted.Position
            : null;

    public void Save(BinaryWriter writer)
    {
        writer.Write(_byNumber.Count);
        foreach ((RingIdentity ring, long position) in _byNumber.Values)
        {
            writer.Write(ring.Number);
            writer.Write(ring.Name);
            writer.Write(ring.Incarnation);
            writer.Write(position);
        }
    }

    public void Load(BinaryReader reader)
    {
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            Set(new(reader.ReadInt32(), reader.ReadString(), reader.ReadInt64()), reader.ReadInt64());
        }
    }

    private void Set(RingIdentity ring, long position)
    {
        _byNumber[ring.Number] = (ring, position);
        // Rings of strategies may be new: what matters is who is asked to carry requests out.
        AreOfTheseRings = rings.Inbound
            .Where(live => RingTopology.IsConnectorReports(live.Name))
            .All(live => PositionIn(live) is not null);
    }
}
