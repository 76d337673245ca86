using System.Collections.Immutable;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;

namespace Oms.FastPath.Recovery;

/// <summary>The rings that are there now, as replay needs to know them.</summary>
/// <param name="LastRequestPublished">
/// Requests up to this one have been said; what replay makes again beyond it has not.
/// </param>
internal sealed record LiveRings(ImmutableArray<RingIdentity> Inbound, long LastRequestPublished)
{
    /// <summary>Where nobody is to be told anything.</summary>
    public static LiveRings None { get; } = new([], long.MaxValue);

    /// <summary>Looks at the rings of a region, of which another process may hold the ends.</summary>
    public static LiveRings In(SharedRegion region, int strategyCount)
    {
        string requests = region.RingPath(RingTopology.ConnectorRequests(0));
        if (!File.Exists(requests))
        {
            return None;
        }

        using RingFile ring = RingFile.Open(requests);
        long last = ring.TryReadLatelyPublished(out MessageHeader header) ? header.LogSequence : 0;
        return new(
            [.. RingSet.InboundNames(strategyCount).Select(name => Identify(region, name.Number, name.Name))], last);
    }

    /// <summary>A ring that is not there has no past.</summary>
    private static RingIdentity Identify(SharedRegion region, int number, string name)
    {
        if (!File.Exists(region.RingPath(name)))
        {
            return new(number, name, 0);
        }

        using RingFile ring = RingFile.Open(region.RingPath(name));
        return new(number, name, ring.Incarnation);
    }
}
