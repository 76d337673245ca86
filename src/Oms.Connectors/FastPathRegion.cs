using System.Collections.Immutable;
using Oms.Domain.Configuration;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.SharedMemory.Tables;

namespace Oms.Connectors;

/// <summary>What FastPath made in shared memory, as far as a connector needs it.</summary>
internal static class FastPathRegion
{
    /// <summary>
    /// Waits until FastPath has made its rings and defined what is configured; says so meanwhile.
    /// </summary>
    /// <exception cref="LayoutMismatchException">Another version made them.</exception>
    public static async Task<ImmutableArray<ConnectorDefinitions>> Wait(
        SharedRegion region, SystemConfiguration configuration, ushort connector, ConnectorHealth health,
        TimeProvider time)
    {
        health.Say(ProcessState.Starting, "waiting for fastpath");
        await using IAsyncDisposable beating = health.KeepBeating(time);
        using var looks = new PeriodicTimer(ConnectorLimits.RegionLookInterval, time);
        ImmutableArray<ConnectorDefinitions>? definitions;
        while ((definitions = TryRead(region, configuration, connector)) is null)
        {
            _ = await looks.WaitForNextTickAsync();
        }

        return definitions.Value;
    }

    /// <summary>Tells this region's ring from an earlier one's; 0 when there is none.</summary>
    public static long Incarnation(SharedRegion region, ushort connector)
    {
        try
        {
            using RingFile ring = RingFile.Open(region.RingPath(RingTopology.ConnectorRequests(connector)));
            return ring.Incarnation;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return 0;
        }
    }

    private static ImmutableArray<ConnectorDefinitions>? TryRead(
        SharedRegion region, SystemConfiguration configuration, ushort connector)
    {
        if (Incarnation(region, connector) == 0
            || !File.Exists(region.RingPath(RingTopology.ConnectorReports(connector))))
        {
            return null;
        }

        try
        {
            using var directory = new ListingDirectory(region);
            return ConnectorDefinitions.TryRead(directory, configuration, connector);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
