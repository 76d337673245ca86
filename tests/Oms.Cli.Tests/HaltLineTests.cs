using System.Text.Json;
using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.SharedMemory.Regions;
using Oms.SharedMemory.Rings;
using Oms.Testing;

namespace Oms.Cli.Tests;

/// <summary>The real <c>oms halt</c>, and this process at the other end of its rings.</summary>
public sealed class HaltLineTests : IAsyncLifetime
{
    private const int CapacityBytes = 4096;

    private readonly TestDeployment _deployment = new();
    private readonly SharedRegion _region;

    public HaltLineTests()
    {
        _region = SharedRegion.ForDataFolder(_deployment.Data.Path);
        RingFile.CreateIfAbsent(_region.RingPath(RingTopology.HaltCommands), CapacityBytes, incarnation: 1);
        RingFile.CreateIfAbsent(_region.RingPath(RingTopology.HaltEvents), CapacityBytes, incarnation: 1);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _deployment.DisposeAsync();
        _region.Delete();
    }

    [Fact]
    public async Task Without_FastPath_the_halt_stays_in_the_ring_once_and_the_message_says_so()
    {
        Run run = await _deployment.OmsAsync("halt", "--timeout", "2", "--json");

        Assert.Equal(
            (1, "", "FastPath does not run: firm is halted as soon as it does"),
            (run.ExitCode, run.Output, run.Errors.Trim()));
        using RingReader fastPath = RingReader.Attach(_region.RingPath(RingTopology.HaltCommands));
        ChangeHalt said = Assert.Single(Read(fastPath));
        Assert.Equal((HaltScope.Firm, 1, Environment.UserName), (said.Scope, said.IsHalted, said.By.ToString()));
    }

    [Theory]
    [InlineData(RingTopology.HaltCommands)]
    [InlineData(RingTopology.HaltEvents)]
    public async Task Only_one_waits_at_a_time_and_another_is_told(string taken)
    {
        string path = _region.RingPath(taken);
        using IDisposable other =
            taken == RingTopology.HaltCommands ? RingWriter.Attach(path) : RingReader.Attach(path);

        Run run = await _deployment.OmsAsync("resume");

        Assert.Equal(
            (1, "another `oms halt` or `oms resume` is waiting for its answer"), (run.ExitCode, run.Errors.Trim()));
        using RingFile ring = RingFile.Open(_region.RingPath(RingTopology.HaltCommands));
        Assert.Equal(0, ring.DepthBytes);
    }

    [Fact]
    public async Task A_ring_that_is_full_is_no_halt()
    {
        using (RingWriter writer = RingWriter.Attach(_region.RingPath(RingTopology.HaltCommands)))
        {
            var tick = new Tick { Header = MessageHeader.For<Tick>() };
            while (writer.Offer(in tick) == OfferResult.Accepted)
            {
            }
        }

        Run run = await _deployment.OmsAsync("halt");

        Assert.Equal(
            (1, "FastPath does not take commands: its ring for halts is full"), (run.ExitCode, run.Errors.Trim()));
    }

    [Fact]
    public async Task Only_its_own_answers_count_and_a_state_that_comes_twice_is_said_once()
    {
        using RingReader fastPath = RingReader.Attach(_region.RingPath(RingTopology.HaltCommands));
        using RingWriter events = RingWriter.Attach(_region.RingPath(RingTopology.HaltEvents));
        Task<Run> running = _deployment.OmsAsync("halt", "--json");
        List<ChangeHalt> said = [];
        await Eventually.True(
            () =>
            {
                fastPath.Beat();
                events.Beat();
                said.AddRange(Read(fastPath));
                // Nobody answers at first: it is said again.
                return said.Count >= 2;
            },
            TimeSpan.FromSeconds(30));
        Assert.Single(said.Select(command => command.CorrelationId).Distinct());
        ChangeHalt asked = said[0];
        Answer(events, asked with { CorrelationId = asked.CorrelationId + 1 }, HaltState.Confirmed, 1);
        Answer(events, asked, HaltState.Halted, 2);
        Answer(events, asked, HaltState.Halted, 3);
        Answer(events, asked, HaltState.Confirmed, 4);

        Run run = await running;

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["halted 2", "confirmed 4"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Select(line => $"{line.GetProperty("state")} {line.GetProperty("log_sequence")}"));
    }

    private static List<ChangeHalt> Read(RingReader ring)
    {
        List<ChangeHalt> read = [];
        while (ring.TryRead(out ReadOnlySpan<byte> message))
        {
            read.Add(MessageBytes.As<ChangeHalt>(message));
        }

        return read;
    }

    private static void Answer(RingWriter events, ChangeHalt command, HaltState state, long logSequence)
    {
        var answer = new HaltChanged
        {
            Header = MessageHeader.For<HaltChanged>() with { LogSequence = logSequence },
            Scope = command.Scope,
            State = state,
            Reason = HaltReason.Command,
            OrderId = command.OrderId,
            Exchange = command.Exchange,
            CorrelationId = command.CorrelationId,
            By = command.By,
        };
        Assert.Equal(OfferResult.Accepted, events.Offer(in answer));
    }
}
