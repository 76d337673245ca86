using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.SharedMemory.Health;
using Oms.SharedMemory.Rings;
using Oms.Testing;

namespace Oms.FastPath.Tests;

/// <summary>What peers do to their ends of the rings is their own harm.</summary>
public sealed class RingTests
{
    private const int WriterCursorOffset = 128;
    private const int RecordsOffset = 1024;

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0x00)]
    [InlineData(0x41)]
    public async Task Ring_of_garbage_is_quarantined_and_the_others_work(byte garbage)
    {
        await using var deployment = new Deployment();
        ChildProcess process = await deployment.StartAsync();
        using var peers = new Peers(deployment);
        using (FileStream ring = new(
            deployment.Region.RingPath(RingTopology.GatewayCommands),
            FileMode.Open,
            FileAccess.Write,
            FileShare.ReadWrite))
        {
            ring.Position = RecordsOffset;
            ring.Write([.. Enumerable.Repeat(garbage, 4096)]);
            ring.Position = WriterCursorOffset;
            ring.Write(BitConverter.GetBytes(4096L));
        }

        await Eventually.True(() => deployment.Health() is { State: ProcessState.Degraded });
        Assert.Equal("ring commands.gateway-0 is quarantined", deployment.Health()?.Detail);
        peers.StartSession();
        await peers.UntilReadyAsync();
        Assert.False(process.HasExited);
    }

    [Fact]
    public async Task Messages_of_another_ring_and_impossible_ones_are_left_out()
    {
        await using var deployment = new Deployment();
        ChildProcess process = await deployment.StartAsync();
        using var peers = new Peers(deployment);
        peers.StartSession();
        await peers.UntilReadyAsync();
        peers.OfferCommand(new Tick { Header = MessageHeader.For<Tick>() });
        peers.OfferCommand(new SessionStarted
        {
            Header = MessageHeader.For<SessionStarted>(),
            Session = long.MaxValue,
            Connector = 0,
        });
        Assert.True(peers.TryPlace());
        await Eventually.True(() =>
        {
            peers.Pump();
            return peers.Submitted.Count == 1;
        });

        await process.KillAsync();
        LogBook log = LogBook.Of(deployment);
        Assert.Equal(1, log.Inputs.Count(kind => kind == MessageKind.SessionStarted));
    }

    [Fact]
    public async Task Reader_that_does_not_read_stalls_nobody_and_finds_what_it_missed_in_the_log()
    {
        await using var deployment = new Deployment();
        deployment.Configure("limits.yaml", "busy_ring_capacity_bytes: 4194304", "busy_ring_capacity_bytes: 65536");
        _ = await deployment.StartAsync();
        using var peers = new Peers(deployment);
        peers.StartSession();
        await peers.UntilReadyAsync();

        // Each order makes at least three events of 128 bytes or more: the event rings overflow many times.
        await Eventually.True(
            () =>
            {
                while (peers.Placed < 2_000 && peers.TryPlace())
                {
                    peers.Pump();
                }

                peers.Pump();
                return peers.Submitted.Count == 2_000;
            },
            TimeSpan.FromSeconds(60));

        long next = 1;
        int answers = 0;
        await Eventually.True(() =>
        {
            while (peers.Feed.TryRead(out ReadOnlySpan<byte> said))
            {
                Assert.Equal(next++, MessageBytes.Header(said).LogSequence);
                answers += MessageBytes.Header(said).Kind == MessageKind.ExecutionReport
                    && MessageBytes.As<ExecutionReport>(said).CorrelationId != 0 ? 1 : 0;
            }

            // What was missed is read from the log; the feed is live once it has found the log's end.
            return answers == 2_000 && peers.Feed.IsLive;
        });
    }

    [Fact]
    public async Task Incomplete_round_is_gathered_again_also_while_the_market_moves()
    {
        await using var deployment = new Deployment();
        _ = await deployment.StartAsync();
        using var peers = new Peers(deployment);
        peers.RoundsToFail = 1;
        peers.StartSession();

        // Inputs never pause: what is due must come all the same.
        await Eventually.True(
            () =>
            {
                peers.ReportTop();
                peers.Pump();
                return peers.Gate() == AccountGate.Ready;
            },
            TimeSpan.FromSeconds(20));
        Assert.Equal(2, peers.Rounds);
    }
}
