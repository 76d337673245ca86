using Oms.Configuration;
using Oms.Domain.Configuration;
using Oms.Domain.Orders;
using Oms.FastPath.Warming;
using Oms.SharedMemory.Counters;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Regions;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>What FastPath does before it is ready.</summary>
public sealed class WarmUpTests
{
    [Theory]
    [InlineData(Durability.Memory)]
    [InlineData(Durability.Disk)]
    public void A_round_takes_orders_of_every_kind_to_their_end(Durability durability)
    {
        using var folder = new TemporaryFolder("warm-up");
        var region = SharedRegion.ForDataFolder(folder.Path);
        try
        {
            SystemConfiguration configuration = WarmUpConfiguration.Of(Configured(durability));
            Assert.Equal(durability, configuration.Deployment.Log.Durability);
            using var health = HealthFile.Open(region, "fastpath", "");
            using FastPathParts parts = WarmUp.Open(configuration, new DataFolder(folder.Path), region, health);
            using var peers = new WarmUpPeers(region, parts);
            const int Rounds = 100;
            for (int round = 0; round < Rounds; round++)
            {
                peers.Round();
                Assert.Equal(0, parts.Replay.Engine.View.LiveOrders);
            }

            CounterReading counters = CounterReading.Take(region, "fastpath")!;
            Assert.Equal(2 * Rounds, counters[ExecutionType.Canceled]);
            Assert.Equal(6 * Rounds, counters[ExecutionType.Trade]);
            Assert.Equal(Rounds, counters[ExecutionType.Rejected]);
            Assert.Equal(0, parts.Replay.Engine.View.TradesNotBookable);
            Assert.Equal(0, parts.Replay.Engine.View.ReportsOfUnknownOrders);
        }
        finally
        {
            region.Delete();
        }
    }

    [Fact]
    public void It_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder("warm-up");
        var region = SharedRegion.ForDataFolder(folder.Path);
        try
        {
            using var health = HealthFile.Open(region, "fastpath", "");
            string[] before = [.. Directory.EnumerateFileSystemEntries(region.Path).Order()];
            WarmUp.Run(Configured(Durability.Disk), region, TimeSpan.FromMilliseconds(1), health);
            Assert.Equal(before, Directory.EnumerateFileSystemEntries(region.Path).Order());
            var own = SharedRegion.Find(Path.Combine(region.Path, "warm-up"));
            Assert.Null(own);
        }
        finally
        {
            region.Delete();
        }
    }

    /// <summary>With a limit of the firm, which what is done here does not know.</summary>
    private static SystemConfiguration Configured(Durability durability)
    {
        SystemConfiguration shipped = ConfigurationFolder.Load(Path.Combine(AppContext.BaseDirectory, "configs"));
        return shipped with
        {
            Limits = shipped.Limits with { FirmPositionValueMax = 1 },
            Deployment = shipped.Deployment with
            {
                Log = shipped.Deployment.Log with { Durability = durability },
            },
        };
    }
}
