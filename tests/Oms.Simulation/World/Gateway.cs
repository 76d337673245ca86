using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Domain.Time;
using Oms.Journal;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;

namespace Oms.Simulation.World;

/// <summary>
/// The gateway process, and <c>oms halt</c> beside it: brings commands to FastPath and events to clients, which
/// remember what they were told when it dies.
/// </summary>
/// <param name="hear">Of the clients.</param>
internal sealed class Gateway(
    VirtualTime time, Trace trace, Tally tally, History history, Action<byte[]> hear, bool isDurableOnly) : IDisposable
{
    private const long BeatNanos = 200 * UnixNanos.PerMillisecond;

    private RingWriter? _commands;
    private RingWriter? _halts;
    private RingReader? _events;
    private EventFeed? _feed;
    private long _beatAt;

    public bool IsUp => _feed is not null;

    public long LastEvent { get; private set; }

    public bool IsIdle => _events is { Ring.DepthBytes: 0 } && _feed is { IsLive: true };

    public void Start(SharedRegion region, DataFolder data)
    {
        _commands = RingWriter.Attach(region.RingPath(RingTopology.GatewayCommands), time);
        _halts = RingWriter.Attach(region.RingPath(RingTopology.HaltCommands), time);
        _events = RingReader.Attach(region.RingPath(RingTopology.GatewayEvents), time);
        _feed = new EventFeed(_events, data.Log, LastEvent, isDurableOnly);
        trace.Say($"gateway starts behind event {LastEvent}");
    }

    public void Die()
    {
        trace.Say("gateway dies");
        Dispose();
    }

    public void Dispose()
    {
        _feed?.Dispose();
        _events?.Dispose();
        _halts?.Dispose();
        _commands?.Dispose();
        (_feed, _events, _halts, _commands) = (null, null, null, null);
    }

    /// <summary>Brings some events to the clients.</summary>
    public void Turn()
    {
        if (_feed is null || _commands is null || _halts is null || _events is null)
        {
            return;
        }

        if (time.Ticks - _beatAt >= BeatNanos)
        {
            _beatAt = time.Ticks;
            _commands.Beat();
            _halts.Beat();
            _events.Beat();
        }

        for (int count = 0; count < 64 && _feed.TryRead(out ReadOnlySpan<byte> said); count++)
        {
            LastEvent = _feed.LastLogSequence;
            trace.Note(said);
            history.NoteEvent(said, trace.Step);
            hear(said.ToArray());
        }
    }

    /// <summary>A full ring answers at once: the client knows that nothing was done.</summary>
    public void Offer(byte[] command)
    {
        RingWriter? ring = MessageBytes.Header(command).Kind == MessageKind.ChangeHalt ? _halts : _commands;
        if (ring is null)
        {
            return;
        }

        trace.Note(command);
        tally.Add($"command {MessageBytes.Header(command).Kind}");
        if (ring.Offer(command) != OfferResult.Accepted)
        {
            tally.Add("command refused: ring full");
        }
    }
}
