using Oms.Bench.Grains;
using Oms.Bench.Measuring;
using Oms.Domain.Instruments;
using Oms.Grains;
using Oms.Grains.Accounts;

namespace Oms.Bench.Storage;

/// <summary>Batches of events at account grains: each is one write of the grain's state to JetStream.</summary>
internal static class StorageBench
{
    private const int WarmUpWrites = 2_000;

    /// <exception cref="InvalidOperationException">A grain did not store what it was given.</exception>
    public static async Task<StorageResult> Run(string folder, int writes, int grains)
    {
        await using BenchSilo silo = await BenchSilo.Start(folder);
        IAccountGrain single = silo.Account(grains);
        _ = await GrainCalls.InTurn(WarmUpWrites, number => Write(single, number));
        OtherCpuUse others = new();
        Latencies write = await GrainCalls.InTurn(writes, number => Write(single, WarmUpWrites + number));
        IAccountGrain[] many = [.. Enumerable.Range(0, grains).Select(silo.Account)];
        double perSecond = await GrainCalls.AtOnce(
            grains, writes / grains, (grain, number) => Write(many[grain], number));
        return new()
        {
            WriteUsP50 = write.P50 / 1000.0,
            WriteUsP99 = write.P99 / 1000.0,
            WriteUsMax = write.Max / 1000.0,
            Grains = grains,
            WritesPerS = perSecond,
            RssMb = Memory.ResidentMegabytes(),
            ServerRssMb = Memory.ResidentMegabytes(silo.ServerPid),
            OthersCpuPercent = others.Percent(),
        };
    }

    private static async Task Write(IAccountGrain account, int number)
    {
        var batch = new AccountBatch
        {
            FirstSequence = number + 1,
            LastSequence = number + 1,
            Balances =
            [
                new()
                {
                    Sequence = number + 1,
                    UnixNanos = number + 1,
                    Wallet = Market.Spot,
                    Asset = "USDT",
                    Free = number,
                    Reserved = 0,
                    InTransit = 0,
                },
            ],
            Gates = [],
        };
        BatchReceipt receipt = await account.Apply(batch);
        if (receipt.NextSequence != number + 2)
        {
            throw new InvalidOperationException($"batch {number + 1} is not stored");
        }
    }
}
