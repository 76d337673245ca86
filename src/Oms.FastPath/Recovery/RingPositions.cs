using Oms.Domain.Messages;
using Oms.Journal;

namespace Oms.FastPath.Recovery;

/// <summary>
/// How far each inbound ring is in the log. A process that died between logging a batch and giving its room
/// back left messages in the ring that must not come in twice.
/// </summary>
internal sealed class RingPositions(RingSet rings)
{
    private readonly Dictionary<int, (string Name, long Incarnation, long Position)> _byNumber = [];

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
            _byNumber[ring.RingNumber] = (ring.Name.ToString(), ring.Incarnation, ring.Position);
            AreOfTheseRings = rings.Inbound.All(IsNoted);
        }
        else if (record.SourceRing != 0)
        {
            _byNumber[record.SourceRing] =
                _byNumber[record.SourceRing] with { Position = record.RingPosition };
        }
    }

    public void ReleaseWhatIsLogged()
    {
        foreach (InboundRing ring in rings.Inbound)
        {
            if (IsNoted(ring) && _byNumber[ring.Number].Position > ring.Reader.ReleasedPosition)
            {
                ring.Reader.Release(_byNumber[ring.Number].Position);
            }
        }
    }

    private bool IsNoted(InboundRing ring) =>
        _byNumber.TryGetValue(ring.Number, out (string Name, long Incarnation, long Position) noted)
        && noted.Name == ring.Name
        && noted.Incarnation == ring.Reader.Ring.Incarnation;
}
