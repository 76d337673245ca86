using Oms.Domain.Configuration;
using Oms.Journal;
using Oms.SharedMemory.Regions;

namespace Oms.Cli.Supervision;

/// <summary>
/// Removes the shared memory of a deployment, once every process of it has ended. What only the head of the
/// log holds is brought to the disk first; where that fails, all of it stays for the next start.
/// </summary>
internal static class RegionRemoval
{
    /// <returns>Why something stays; null when all is gone.</returns>
    public static string? Run(DataFolder data, TimeProvider clock)
    {
        if (SharedRegion.Find(data.Path) is not { } region)
        {
            return null;
        }

        try
        {
            if (SharedBlock.Exists(region, SharedBlocks.LogHead))
            {
                Drain(region, data, clock);
            }

            region.Delete();
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException
            or LogDamagedException or RoleTakenException or InvalidDataException)
        {
            string block = region.BlockPath(SharedBlocks.LogHead);
            return $"the newest part of the log stays in {block}, and is used by the next start: "
                + problem.Message;
        }
    }

    private static void Drain(SharedRegion region, DataFolder data, TimeProvider clock)
    {
        using SharedBlock block = SharedBlock.Open(
            region, SharedBlocks.LogHead, LogHead.LengthFor(LogHead.CapacityBytesMin));
        var head = new LogHead(block.Start, block.LengthBytes, block.Path);
        var settings = new LogSettings { SyncInterval = LogSettings.SyncIntervalOfMemory };
        _ = LogDrain.Run(data.Log, head, settings, clock);
    }
}
