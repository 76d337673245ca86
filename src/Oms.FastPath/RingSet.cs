using System.Collections.Immutable;
using Oms.Domain.Configuration;
using Oms.FastPath.Publishing;
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

    private RingSet(
        ImmutableArray<InboundRing> inbound,
        ImmutableArray<EventPublisher> events,
        ImmutableArray<RequestPublisher> requests)
    {
        Inbound = inbound;
        Events = events;
        Requests = requests;
    }

    /// <summary>Served in this order: commands first, so that reports cannot starve a cancel.</summary>
    public ImmutableArray<InboundRing> Inbound { get; }

    public ImmutableArray<EventPublisher> Events { get; }

    /// <summary>By the index of the connector.</summary>
    public ImmutableArray<RequestPublisher> Requests { get; }

    /// <summary>The ring by which a connector reports.</summary>
    public RingReader ReportsOf(int connector) => Inbound[1 + connector].Reader;

    public static RingSet Open(SharedRegion region, SystemConfiguration configuration, NeverBackClock clock)
    {
        foreach (RingDefinition ring in RingTopology.Of(ConnectorCount))
        {
            RingFile.CreateIfAbsent(
                region.RingPath(ring.Name), configuration.Limits.RingCapacityBytes, clock.Now());
        }

        var inbound = ImmutableArray.CreateBuilder<InboundRing>();
        inbound.Add(OpenInbound(region, 1, RingTopology.GatewayCommands, InputGuard.IsCommand));
        for (int connector = 0; connector < ConnectorCount; connector++)
        {
            string reports = RingTopology.ConnectorReports(connector);
            inbound.Add(OpenInbound(region, 2 + connector, reports, InputGuard.IsReport));
        }

        return new(
            inbound.ToImmutable(),
            [
                new EventPublisher(RingWriter.Attach(region.RingPath(RingTopology.GatewayEvents))),
                new EventPublisher(RingWriter.Attach(region.RingPath(RingTopology.SiloEvents))),
            ],
            [.. Enumerable.Range(0, ConnectorCount).Select(connector => new RequestPublisher(
                RingWriter.Attach(region.RingPath(RingTopology.ConnectorRequests(connector)))))]);
    }

    /// <summary>Tells all peers that FastPath lives.</summary>
    public void Beat()
    {
        foreach (InboundRing ring in Inbound)
        {
            ring.Reader.Beat();
        }

        foreach (EventPublisher publisher in Events)
        {
            publisher.Beat();
        }

        foreach (RequestPublisher publisher in Requests)
        {
            publisher.Beat();
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

    private static InboundRing OpenInbound(
        SharedRegion region, int number, string name, InputCheck isAcceptable) =>
        new(number, name, RingReader.Attach(region.RingPath(name)), isAcceptable);
}
