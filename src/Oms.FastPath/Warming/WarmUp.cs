using System.Diagnostics;
using Oms.Domain.Configuration;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;

namespace Oms.FastPath.Warming;

/// <summary>
/// Runs a whole FastPath on a region and a log of its own, in memory, until the compiler has made of all of it what it
/// will be: the first order is not slower than the others.
/// </summary>
internal static class WarmUp
{
    private const int RoundsPerLook = 64;

    /// <param name="region">Of the deployment: the files are in it for as long as this runs.</param>
    /// <param name="time">How long; zero does nothing.</param>
    public static void Run(SystemConfiguration configuration, SharedRegion region, TimeSpan time, HealthFile health)
    {
        if (time == TimeSpan.Zero)
        {
            return;
        }

        health.Say(ProcessState.Starting, "warming up");
        long began = Stopwatch.GetTimestamp();
        var data = new DataFolder(Path.Combine(region.Path, "warm-up"));
        // What one that died here left behind.
        Delete(data, SharedRegion.ForDataFolder(data.Path));
        SharedRegion own = SharedRegion.ForDataFolder(data.Path);
        try
        {
            using var ownHealth = HealthFile.Open(own, "fastpath", "");
            using FastPathParts parts = Open(WarmUpConfiguration.Of(configuration), data, own, ownHealth);
            using var peers = new WarmUpPeers(own, parts);
            while (Stopwatch.GetElapsedTime(began) < time)
            {
                for (int round = 0; round < RoundsPerLook; round++)
                {
                    peers.Round();
                }

                health.Beat();
            }
        }
        finally
        {
            Delete(data, own);
        }
    }

    /// <summary>A FastPath whose log is brought to its disk by the thread that writes it.</summary>
    public static FastPathParts Open(
        SystemConfiguration configuration, DataFolder data, SharedRegion region, HealthFile health)
    {
        FastPathParts? parts = null;
        FastPathSurroundings machine = FastPathSurroundings.OfMachine(configuration.Deployment.Log);
        parts = FastPathParts.Open(configuration, data, region, health, machine with
        {
            Log = machine.Log with { SyncInterval = TimeSpan.Zero },
            Idle = () => _ = parts?.Copier.RunOnce(),
        });
        parts.Start(configuration);
        return parts;
    }

    private static void Delete(DataFolder data, SharedRegion region)
    {
        region.Delete();
        if (Directory.Exists(data.Path))
        {
            Directory.Delete(data.Path, recursive: true);
        }
    }
}
