using System.Collections.Immutable;
using Oms.Domain;
using Oms.Domain.Configuration;
using Oms.FastPath.Publishing;
using Oms.FastPath.Recovery;
using Oms.Journal;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;

namespace Oms.FastPath;

/// <summary>
/// FastPath's ends of all rings. It makes the rings that are not there; those that are, it goes on with.
/// </summary>
internal sealed class RingSet : IDisposable
{
    /// <summary>Connector processes of this deployment.</summary>
    public const int ConnectorCount = 1;

    private readonly bool _isGated;
    private readonly EventPublisher[] _listening;
    private int _listeningCount;

    private RingSet(
        ImmutableArray<InboundRing> inbound,
        ImmutableArray<EventPublisher> events,
        ImmutableArray<RequestPublisher> requests,
        bool isGated)
    {
        _isGated = isGated;
        Inbound = inbound;
        Events = events;
        Requests = requests;
        Rotation = new(inbound);
        _listening = new EventPublisher[events.Length];
        NoteReaders();
    }

    /// <summary>Served in this order: commands first, so that reports cannot starve a cancel.</summary>
    public ImmutableArray<InboundRing> Inbound { get; }

    public ImmutableArray<EventPublisher> Events { get; }

    /// <summary>Those of <see cref="Events"/> that somebody reads.</summary>
    public ReadOnlySpan<EventPublisher> Listening => _listening.AsSpan(0, _listeningCount);

    /// <summary>Where FastPath's thread sleeps: whoever lives and writes wakes it.</summary>
    public RingPark Park { get; } = new();

    /// <summary>How long it sleeps at most: where events wait for the disk, nothing wakes it when that has them.
    /// </summary>
    public long ParkNanosMax =>
        _isGated ? BackoffIdleStrategy.ParkNanosMax : BackoffIdleStrategy.ParkNanosMaxOfWoken;

    /// <summary>By the index of the connector.</summary>
    public ImmutableArray<RequestPublisher> Requests { get; }

    /// <summary>Requests that wait because a ring is full.</summary>
    public long RequestsWaiting { get; private set; }

    /// <summary>Messages that were no inputs.</summary>
    public long InputsRefused { get; private set; }

    /// <summary>Events that readers find in the log only.</summary>
    public long EventsMissed { get; private set; }

    /// <summary>Inbound rings whose writers live.</summary>
    public int ProducersAlive { get; private set; }

    /// <summary>Those of <see cref="Inbound"/> that are to be looked at now.</summary>
    public PollRotation Rotation { get; }

    /// <summary>The ring by which a connector reports.</summary>
    public RingReader ReportsOf(int connector) =>
        Inbound[Inbound.Length - ConnectorCount + connector].Reader;

    /// <summary>The inbound rings and their numbers in the log.</summary>
    public static IEnumerable<(int Number, string Name)> InboundNames(int strategyCount)
    {
        IEnumerable<string> names =
        [
            RingTopology.HaltCommands,
            RingTopology.GatewayCommands,
            RingTopology.SiloCommands,
            .. Enumerable.Range(0, strategyCount).Select(RingTopology.StrategyCommands),
            .. Enumerable.Range(0, ConnectorCount).Select(RingTopology.ConnectorReports),
        ];
        return names.Select((name, index) => (index + 1, name));
    }

    public static RingSet Open(SharedRegion region, SystemConfiguration configuration, NeverBackClock clock)
    {
        bool isGated = configuration.Deployment.Log.Durability == Durability.Disk;
        int strategies = configuration.Limits.StrategiesMax;
        foreach (RingDefinition ring in RingTopology.Of(ConnectorCount, strategies))
        {
            int capacityBytes = ring.IsBusy
                ? configuration.Limits.BusyRingCapacityBytes
                : configuration.Limits.RingCapacityBytes;
            RingFile.CreateIfAbsent(region.RingPath(ring.Name), capacityBytes, clock.Now());
        }

        return new(
            [.. InboundNames(strategies).Select(ring => Inbound(ring.Number, ring.Name))],
            [
                new EventPublisher(Gated(RingTopology.GatewayEvents), isOptional: false),
                new EventPublisher(Gated(RingTopology.SiloEvents), isOptional: false),
                new EventPublisher(Gated(RingTopology.HaltEvents), isOptional: true),
                .. Enumerable.Range(0, strategies).Select(strategy =>
                    new EventPublisher(Gated(RingTopology.StrategyEvents(strategy)), isOptional: true)),
            ],
            [
                .. Enumerable.Range(0, ConnectorCount).Select(connector =>
                    new RequestPublisher(Gated(RingTopology.ConnectorRequests(connector)))),
            ],
            isGated);

        InboundRing Inbound(int number, string name)
        {
            bool isOfConnector = RingTopology.IsConnectorReports(name);
            return new(
                number,
                name,
                RingReader.Attach(region.RingPath(name), clock.TimeProvider),
                isOfConnector ? InputGuard.IsReport
                    : name == RingTopology.SiloCommands ? InputGuard.IsOfSilo
                    : InputGuard.IsCommand,
                isAlwaysPolled: isOfConnector || name == RingTopology.HaltCommands);
        }

        GatedRing Gated(string name) =>
            new(RingWriter.Attach(region.RingPath(name), clock.TimeProvider), isGated);
    }

    /// <summary>What replay needs to know of the rings.</summary>
    public LiveRings Identify()
    {
        // One connector process serves all accounts of this deployment.
        Invariant.Holds(Requests.Length == 1);
        return new([.. Inbound.Select(ring => ring.Identity)], Requests[0].LastPublished);
    }

    /// <summary>Gives back what the log holds already: it must not come in twice.</summary>
    public void Release(RingPositions logged)
    {
        foreach (InboundRing ring in Inbound)
        {
            if (logged.PositionIn(ring.Identity) is { } position && position > ring.Reader.ReleasedPosition)
            {
                ring.Reader.Release(position);
            }
        }
    }

    /// <summary>Lets out what the disk has, where nothing may leave before.</summary>
    public void Release(LogWriter log)
    {
        if (!_isGated)
        {
            return;
        }

        long durablePosition = log.DurablePosition;
        foreach (EventPublisher publisher in Events)
        {
            publisher.Release(durablePosition);
        }

        foreach (RequestPublisher publisher in Requests)
        {
            publisher.Release(durablePosition);
        }
    }

    /// <summary>Tells all peers that FastPath lives, and looks which of them do, and what they left.</summary>
    public void Beat()
    {
        NoteReaders();
        Rotation.Settle();
        (InputsRefused, EventsMissed, RequestsWaiting, ProducersAlive) = (0, 0, 0, 0);
        Park.WatchNone();
        foreach (InboundRing ring in Inbound)
        {
            ring.Reader.Beat();
            InputsRefused += ring.RefusedCount;
            bool isAlive = ring.Reader.Ring.IsWriterAlive;
            ProducersAlive += isAlive ? 1 : 0;
            if (isAlive || ring.IsAlwaysPolled)
            {
                Park.Watch(ring.Reader);
            }
        }

        foreach (EventPublisher publisher in Events)
        {
            publisher.Beat();
            EventsMissed += publisher.MissedCount;
        }

        foreach (RequestPublisher publisher in Requests)
        {
            publisher.Beat();
            RequestsWaiting += publisher.WaitingCount;
        }
    }

    /// <summary>Looks who reads events.</summary>
    public void NoteReaders()
    {
        _listeningCount = 0;
        foreach (EventPublisher publisher in Events)
        {
            publisher.NoteReader();
            if (publisher.IsListening)
            {
                _listening[_listeningCount++] = publisher;
            }
        }
    }

    public void Dispose()
    {
        foreach (InboundRing ring in Inbound)
        {
            ring.Dispose();
        }

        foreach (EventPublisher publisher in Events)
        {
            publisher.Dispose();
        }

        foreach (RequestPublisher publisher in Requests)
        {
            publisher.Dispose();
        }
    }
}
