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

    [Fact]
    public async Task Each_command_is_answered_once_and_each_order_submitted_once_however_often_it_dies()
    {
        await using var deployment = new Deployment();
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
                await Eventually.True(
                    () => deployment.Health()?.Pid == process.Id, TimeSpan.FromSeconds(20));
                await process.KillAsync();
                process = await deployment.LaunchAsync();
            }
        }

        HashSet<long> answered = [];
        long answers = 0;
        await Eventually.True(
            () =>
            {
                peers.Pump();
                answers += ReadAnswers(peers, answered);
                return answered.Count == peers.Placed && IsQuiet(deployment);
            },
            TimeSpan.FromSeconds(60));
        Assert.Equal(peers.Placed, answers);
        await process.KillAsync();
        Judge(LogBook.Of(deployment.Data.Log), peers, deployment);
    }

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
        BalancesOf(deployment).All(row => row.ReservedAmount == 0);

    private static List<BalanceChanged> BalancesOf(Deployment deployment)
    {
        using var table = StateTable<BalanceChanged>.OpenReader(deployment.Region, StateTables.Balances);
        List<BalanceChanged> rows = [];
        for (int index = 0; index < table.Count; index++)
        {
            Assert.True(table.TryRead(index, out BalanceChanged row));
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
        Assert.True(peers.Submitted.Count > peers.Placed / 2);
        Assert.Equal(
            Enumerable.Range(1, peers.RequestSequences.Count).Select(number => (long)number),
            peers.RequestSequences);
        Assert.Equal(log.Epochs.Distinct().Order(), log.Epochs);

        BalanceChanged usdt = log.Balances[peers.BtcUsdt.QuoteAssetId];
        BalanceChanged btc = log.Balances[peers.BtcUsdt.BaseAssetId];
        Assert.Equal((peers.Usdt, 0), (usdt.Free, usdt.ReservedAmount));
        Assert.Equal((peers.Btc, 0), (btc.Free, btc.ReservedAmount));
        Assert.Equal(peers.Btc - Peers.OpeningBtc, log.Position.Quantity);
        Assert.Equal(Peers.OpeningUsdt - peers.Usdt, log.Position.OpenNotional - log.Position.RealizedPnl);
        Assert.Equal(
            log.Balances.Values.OrderBy(row => row.AssetId.Value),
            BalancesOf(deployment).OrderBy(row => row.AssetId.Value));
    }
}
