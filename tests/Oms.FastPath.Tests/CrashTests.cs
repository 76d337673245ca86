using Oms.Domain.Messages;
using Oms.SharedMemory.Tables;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>
/// FastPath is killed at many moments while orders flow; nothing is lost and nothing happens twice.
/// </summary>
public sealed class CrashTests
{
    private const int Deaths = 12;
    private const int OrdersInTheEnd = 20;

    [Theory]
    [InlineData("memory")]
    [InlineData("disk")]
    public async Task Each_command_is_answered_once_and_each_order_submitted_once_however_often_it_dies(
        string durability)
    {
        await using var deployment = new Deployment();
        deployment.Configure("deployment.yaml", "durability: memory", $"durability: {durability}");
        ChildProcess process = await deployment.StartAsync();
        using var peers = new Peers(deployment);
        peers.StartSession();
        await peers.UntilReadyAsync();
        var random = new Random(42);
        for (int death = 1; death <= Deaths; death++)
        {
            PlaceSome(peers, random.Next(20, 600), random);
            await process.KillAsync();
            PlaceSome(peers, random.Next(1, 40), random);
            process = await deployment.LaunchAsync();
            if (death % 3 == 0)
            {
                // This one dies while it starts.
                await Eventually.True(() => deployment.Health()?.Pid == process.Id, Patience);
                await process.KillAsync();
                process = await deployment.LaunchAsync();
            }
        }

        // However slow the machine was meanwhile, and whoever was taken for silent: in the end it trades.
        await peers.UntilReadyAsync();
        PlaceSome(peers, OrdersInTheEnd, random);
        HashSet<long> answered = [];
        long answers = 0;
        await Eventually.True(
            () =>
            {
                Assert.False(process.HasExited, process.ErrorText);
                peers.Pump();
                answers += ReadAnswers(peers, answered);
                return answered.Count == peers.Placed && IsQuiet(deployment);
            },
            Patience);
        Assert.Equal(peers.Placed, answers);
        await process.KillAsync();
        Judge(LogBook.Of(deployment), peers, deployment);
    }

    private static TimeSpan Patience => TimeSpan.FromSeconds(120);

    private static void PlaceSome(Peers peers, int count, Random random)
    {
        for (int placed = 0; placed < count && peers.TryPlace(); placed++)
        {
            if (random.Next(8) == 0)
            {
                peers.Pump();
            }
        }
    }

    private static long ReadAnswers(Peers peers, HashSet<long> answered)
    {
        long answers = 0;
        while (peers.Feed.TryRead(out ReadOnlySpan<byte> said))
        {
            if (MessageBytes.Header(said).Kind == MessageKind.ExecutionReport
                && MessageBytes.As<ExecutionReport>(said).CorrelationId is not 0 and var correlationId)
            {
                _ = answered.Add(correlationId);
                answers++;
            }
        }

        return answers;
    }

    private static bool IsQuiet(Deployment deployment) =>
        BalancesOf(deployment) is { } rows && rows.All(row => row.ReservedAmount == 0);

    /// <summary>Null while a row is as the process that died in mid-write left it.</summary>
    private static List<BalanceChanged>? BalancesOf(Deployment deployment)
    {
        using var table = StateTable<BalanceChanged>.OpenReader(deployment.Region, StateTables.Balances);
        List<BalanceChanged> rows = [];
        for (int index = 0; index < table.Count; index++)
        {
            if (!table.TryRead(index, out BalanceChanged row))
            {
                return null;
            }

            rows.Add(row);
        }

        return rows;
    }

    private static void Judge(LogBook log, Peers peers, Deployment deployment)
    {
        IEnumerable<long> all = Enumerable.Range(1, peers.Placed).Select(number => (long)number);
        Assert.Equal(all, log.CommandsIn);
        Assert.Equal(all, log.Answers);
        Assert.Equal(log.OrderIds.Count, log.OrderIds.Distinct().Count());
        Assert.Equal(log.Accepted, peers.Submitted);
        Assert.True(peers.Submitted.Count >= OrdersInTheEnd);
        Assert.Equal(
            Enumerable.Range(1, peers.RequestSequences.Count).Select(number => (long)number),
            peers.RequestSequences);
        Assert.Equal(log.Epochs.Distinct().Order(), log.Epochs);

        BalanceChanged usdt = log.Balances[peers.BtcUsdt.QuoteAssetId];
        BalanceChanged btc = log.Balances[peers.BtcUsdt.BaseAssetId];
        // What is reserved moves between free and reserved without an event.
        Assert.Equal(peers.Usdt, usdt.Free + usdt.ReservedAmount);
        Assert.Equal(peers.Btc, btc.Free + btc.ReservedAmount);
        Assert.Equal(peers.Btc - Peers.OpeningBtc, log.Position.Quantity);
        Assert.Equal(Peers.OpeningUsdt - peers.Usdt, log.Position.OpenNotional - log.Position.RealizedPnl);
        Assert.Equal(
            [(peers.BtcUsdt.BaseAssetId, peers.Btc, 0L), (peers.BtcUsdt.QuoteAssetId, peers.Usdt, 0L)],
            BalancesOf(deployment)?.OrderBy(row => row.AssetId.Value)
                .Select(row => (row.AssetId, row.Free, row.ReservedAmount)));
    }
}
