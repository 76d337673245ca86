using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.SharedMemory.Rings;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>Processes that trade by rings of their own, beside the gateway.</summary>
public sealed class StrategyTests
{
    private const int ReaderCursorOffset = 384;

    [Fact]
    public async Task A_process_that_attaches_trades_and_receives_every_event()
    {
        await using var deployment = new Deployment();
        ChildProcess process = await deployment.StartAsync();
        using var peers = new Peers(deployment);
        peers.StartSession();
        await peers.UntilReadyAsync();
        using var strategy = new Strategy(deployment, 3);
        using var other = new Strategy(deployment, 40);
        await strategy.UntilHeardAsync();
        await other.UntilHeardAsync();

        long placed = strategy.Place(peers.Account, peers.BtcUsdt.InstrumentId, Side.Buy, 4_999_950, 100, "mine");
        ExecutionReport answer = await strategy.AnswerAsync(placed);
        Assert.Equal(ExecutionType.PendingNew, answer.ExecutionType);
        await Eventually.True(() =>
        {
            peers.Pump();
            strategy.Pump();
            other.Pump();
            return new[] { strategy, other }.All(each => each.Reports.Any(report =>
                report.OrderId == answer.OrderId && report.Status is OrderStatus.Filled or OrderStatus.Canceled));
        });

        // Each reader gets the whole stream: what it follows is its own to choose.
        Assert.Equal(Numbers(strategy), Numbers(other));
        Assert.Equal(
            Enumerable.Range(0, strategy.Events.Count).Select(index => Numbers(strategy).First() + index),
            Numbers(strategy));
        await process.KillAsync();
        Assert.Equal([placed], LogBook.Of(deployment).CommandsIn);
    }

    [Fact]
    public async Task Who_has_just_begun_to_listen_hears_what_its_first_command_causes()
    {
        await using var deployment = new Deployment();
        _ = await deployment.StartAsync();
        using var peers = new Peers(deployment);
        peers.StartSession();
        await peers.UntilReadyAsync();
        for (int number = 0; number < 20; number++)
        {
            // FastPath looks five times a second by itself; most of these do not wait so long.
            using var strategy = new Strategy(deployment, number);
            long placed = strategy.Place(
                peers.Account, peers.BtcUsdt.InstrumentId, Side.Buy, 4_999_950, 100, $"first-{number}");
            Assert.Equal(ExecutionType.PendingNew, (await strategy.AnswerAsync(placed)).ExecutionType);
        }
    }

    [Fact]
    public async Task What_a_strategy_said_is_taken_once_also_when_FastPath_dies_and_producers_change()
    {
        await using var deployment = new Deployment();
        ChildProcess process = await deployment.StartAsync();
        using var peers = new Peers(deployment);
        peers.StartSession();
        await peers.UntilReadyAsync();
        using var strategy = new Strategy(deployment, 1);
        await strategy.UntilHeardAsync();
        List<long> said = [];
        for (int life = 1; life <= 4; life++)
        {
            for (int number = 1; number <= 200; number++)
            {
                said.Add(strategy.Place(
                    peers.Account, peers.BtcUsdt.InstrumentId, Side.Buy, 4_999_950, 100, $"s-{life}-{number}"));
                peers.Pump();
            }

            await process.KillAsync();
            said.Add(strategy.Place(
                peers.Account, peers.BtcUsdt.InstrumentId, Side.Buy, 4_999_950, 100, $"s-{life}-last"));
            deployment.Configure(
                "limits.yaml", $"producers_max: {ProducersIn(life)}", $"producers_max: {ProducersIn(life + 1)}");
            process = await deployment.StartAsync();
        }

        await peers.UntilReadyAsync();
        long last = strategy.Place(
            peers.Account, peers.BtcUsdt.InstrumentId, Side.Buy, 4_999_950, 100, "the-last");
        said.Add(last);
        await Eventually.True(() =>
        {
            peers.Pump();
            strategy.Pump();
            return strategy.Reports.Any(report => report.CorrelationId == last);
        });
        await process.KillAsync();
        LogBook log = LogBook.Of(deployment);
        Assert.Equal(said, log.CommandsIn);
        Assert.Equal(said, log.Answers);
        Assert.Equal(log.Accepted.Distinct(), log.Accepted);

        static int ProducersIn(int life) => life % 2 == 1 ? 64 : 12;
    }

    [Theory]
    [InlineData(64)]
    [InlineData(12)]
    [InlineData(80)]
    public async Task What_was_logged_and_not_given_back_comes_in_once_although_rings_get_other_numbers(int producers)
    {
        await using var deployment = new Deployment();
        ChildProcess process = await deployment.StartAsync();
        using var peers = new Peers(deployment);
        peers.StartSession();
        await peers.UntilReadyAsync();
        using var strategy = new Strategy(deployment, 1);
        await strategy.UntilHeardAsync();
        long placed = strategy.Place(peers.Account, peers.BtcUsdt.InstrumentId, Side.Buy, 4_999_950, 100, "once");
        _ = await strategy.AnswerAsync(placed);
        await process.KillAsync();

        // As if it had died before it gave the room of any message back.
        Rewind(deployment, RingTopology.ConnectorReports(0));
        Rewind(deployment, RingTopology.StrategyCommands(1));
        deployment.Configure("limits.yaml", "producers_max: 64", $"producers_max: {producers}");
        process = await deployment.StartAsync();
        long again = strategy.Place(peers.Account, peers.BtcUsdt.InstrumentId, Side.Buy, 4_999_950, 100, "again");
        await Eventually.True(() =>
        {
            peers.Pump();
            strategy.Pump();
            return strategy.Reports.Any(report => report.CorrelationId == again);
        });
        await process.KillAsync();
        LogBook log = LogBook.Of(deployment);
        Assert.Equal([placed, again], log.CommandsIn);
        Assert.Equal(1, log.Inputs.Count(kind => kind == MessageKind.SessionStarted));
    }

    [Fact]
    public async Task A_strategy_that_reads_no_more_holds_nobody_up()
    {
        await using var deployment = new Deployment();
        deployment.Configure("limits.yaml", "  ring_capacity_bytes: 1048576", "  ring_capacity_bytes: 65536");
        _ = await deployment.StartAsync();
        using var peers = new Peers(deployment);
        peers.StartSession();
        await peers.UntilReadyAsync();
        using var idle = new Strategy(deployment, 0);
        await idle.UntilHeardAsync();
        using var strategy = new Strategy(deployment, 1);
        await strategy.UntilHeardAsync();

        // The idle one is taken for alive for a while, and its ring overflows many times.
        for (int order = 1; order <= 600; order++)
        {
            long placed = strategy.Place(
                peers.Account, peers.BtcUsdt.InstrumentId, Side.Buy, 4_999_950, 100, $"order-{order}");
            await Eventually.True(() =>
            {
                peers.Pump();
                strategy.Pump();
                return strategy.Reports.Any(report => report.CorrelationId == placed);
            });
        }

        Assert.Equal(
            Enumerable.Range(0, strategy.Events.Count).Select(index => Numbers(strategy).First() + index),
            Numbers(strategy));
    }

    [Fact]
    public async Task Beyond_the_configured_number_there_is_no_ring_to_attach_to()
    {
        await using var deployment = new Deployment();
        deployment.Configure("limits.yaml", "producers_max: 64", "producers_max: 5");
        _ = await deployment.StartAsync();

        // Five: the gateway, the kill switch, and three strategies.
        Assert.True(File.Exists(deployment.Region.RingPath(RingTopology.StrategyCommands(2))));
        Assert.False(File.Exists(deployment.Region.RingPath(RingTopology.StrategyCommands(3))));
        Assert.False(File.Exists(deployment.Region.RingPath(RingTopology.StrategyEvents(3))));
        _ = Assert.Throws<FileNotFoundException>(() => new Strategy(deployment, 3));
        using var last = new Strategy(deployment, 2);
        await last.UntilHeardAsync();
    }

    private static void Rewind(Deployment deployment, string name)
    {
        using FileStream ring = new(
            deployment.Region.RingPath(name), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        ring.Position = ReaderCursorOffset;
        ring.Write(new byte[8]);
    }

    private static IEnumerable<long> Numbers(Strategy strategy) =>
        strategy.Events.Select(said => MessageBytes.Header(said).LogSequence);
}
