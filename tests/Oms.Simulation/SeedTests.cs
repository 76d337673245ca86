using Oms.Simulation.World;

namespace Oms.Simulation;

/// <summary>Runs of fixed seeds: all ten invariants hold in each.</summary>
public sealed class SeedTests
{
    /// <summary>And every fault happens: one that does not proves nothing.</summary>
    [Fact]
    public void Every_invariant_holds_under_every_fault()
    {
        var tally = new Tally();
        for (ulong seed = 1; seed <= 40; seed++)
        {
            using var run = new SimulatedRun(seed);
            run.Play();
            tally.AddAll(run.Tally);
        }

        string[] faults =
        [
            "request dropped", "request delayed, overtaken by others", "reply dropped",
            "reply delayed, overtaken by others", "query dropped", "stream message dropped",
            "stream message duplicated", "stream message delayed, overtaken by others", "stream silent",
            "stream broken", "timeout after accept", "order refused by the exchange", "outcome unknown",
            "order proven absent", "connector died", "connector stalled", "gateway died", "machine died",
            "torn end of a file", "disk full", "sync failed", "clock put back", "clock put forward",
            "fastpath died: appended, not committed", "fastpath died: committed, not acted on",
            "fastpath died: applied, nothing said", "fastpath died: decided, events not committed",
            "fastpath died: event published", "fastpath died: before a request",
            "fastpath died: published, ring not released", "fastpath died: between cycles",
            "fastpath died: disk: write", "fastpath died: disk: sync", "snapshot", "order placed by hand",
            "funding", "liquidation", "Halted of a difference", "trade inside",
            "Rejected PositionAboveLimit", "Rejected NotionalAboveLimit", "Rejected OpenOrdersAboveLimit",
            "Rejected OrderRateAboveLimit", "Rejected LeverageAboveLimit",
            "Halted of a loss", "midnight",
            "transfer Credited, Completed", "transfer Forwarded, Reserved", "transfer Doubted, Reserved",
            "transfer AskedAgain, Reserved", "transfer Restated, Completed",
            "transfer Refused, Rejected ExchangeRefused", "transfer Refused, Rejected InsufficientBalance",
            "transfer Refused, Rejected DuplicateClientTransferId", "transfer taken, and no answer",
            "transfer of unknown outcome", "transfer not in history", "transfer carried out late",
            "transfer listed late", "transfer request dropped", "transfer reply dropped",
            "transfer reply duplicated", "isolation of anybody checked",
            "transfer Refused, Rejected TransferTooOld", "transfer Refused, Rejected TransferStoreFull",
        ];
        Assert.All(faults, fault => Assert.True(tally[fault] > 0, fault));
    }

    [Fact]
    public void Without_faults_too()
    {
        using var run = new SimulatedRun(1, Setting.Calm);
        run.Play();
        Assert.True(run.Exchange.Orders.Sum(order => order.Fills.Count) > 50);
    }

    /// <summary>Room for transfers is shared, and isolation is checked all the same.</summary>
    [Fact]
    public void Where_transfers_are_forgotten_isolation_is_checked_too()
    {
        Desk desk = Desk.Whole with { MovesMoney = true, TransfersHeldMax = 6 };
        using var run = new SimulatedRun(1, Setting.Calm with { Desk = desk });
        run.Play();
        Assert.Equal(1, run.Tally["isolation of who has no transfers checked"]);
    }

    /// <summary>What seeds have found of spot accounts alone, and what was wrong.</summary>
    [Theory]
    [InlineData(1069, "an answer from before a change was taken for its refusal: filled here, open there")]
    [InlineData(1086, "the same: the order had another price there than here")]
    [InlineData(1074, "time stood still behind a wall clock that was put back: no round was repeated")]
    [InlineData(1083, "the same, of another account")]
    [InlineData(2401002758032, "a fill of an order from elsewhere was booked on top of a balance that had it already")]
    public void What_was_found_stays_mended(long seed, string wrong)
    {
        using var run = new SimulatedRun((ulong)seed, desk: Desk.Spot);
        Exception? problem = Record.Exception(run.Play);
        Assert.True(problem is null, $"{wrong}: {problem}");
    }

    /// <summary>The same of the whole desk.</summary>
    [Theory]
    [InlineData(1390627703002, "a leg was decremented, and its partner stayed as large as it had been")]
    public void What_was_found_of_the_whole_desk_stays_mended(long seed, string wrong)
    {
        using var run = new SimulatedRun((ulong)seed, desk: Desk.Whole);
        Exception? problem = Record.Exception(run.Play);
        Assert.True(problem is null, $"{wrong}: {problem}");
    }

    /// <summary>The same of what the seed itself says is traded.</summary>
    [Theory]
    [InlineData(85717438421, "a change was forgotten while a cancel waited for its answer, and then taken for new")]
    [InlineData(3778881758286, "an order was canceled twice as its time ran out, and that was taken for the round's")]
    [InlineData(1012426327095, "spot that is held was sold, to reduce, and taken for a position beyond the limit")]
    [InlineData(3304382355063, "a price waited to be valued, and halted an account in a round that has nothing to say")]
    [InlineData(2076777971042, "margin was counted at a leverage that the exchange had not stated yet")]
    [InlineData(3999291292312, "what is closed in part brought another profit than was counted, and nobody asked")]
    [InlineData(3565728507335, "a loss was found half-way through prices that came together, and was none")]
    [InlineData(3152291796091, "an event that came twice completed another transfer, and history was not asked")]
    [InlineData(3730829739318, "a sale that came after a halt, to reduce, kept it open, and was asked for each second")]
    [InlineData(632480925037, "what was taken back was looked for under the number of the order that it was about")]
    [InlineData(109589411029, "two fills of futures came swapped, and what they realised was another at the exchange")]
    public void What_was_found_of_any_desk_stays_mended(long seed, string wrong)
    {
        using var run = new SimulatedRun((ulong)seed);
        Exception? problem = Record.Exception(run.Play);
        Assert.True(problem is null, $"{wrong}: {problem}");
    }

    /// <summary>The same where nothing fails.</summary>
    [Theory]
    [InlineData(4, "what follows an order that closed a part of a position of hedge mode opens again, without margin")]
    public void What_was_found_without_faults_stays_mended(long seed, string wrong)
    {
        Setting calm = Setting.Calm with { Desk = Desk.Whole with { MovesMoney = true } };
        using var run = new SimulatedRun((ulong)seed, calm);
        Exception? problem = Record.Exception(run.Play);
        Assert.True(problem is null, $"{wrong}: {problem}");
    }

    [Fact]
    public void A_seed_means_the_same_to_the_byte()
    {
        using var one = new SimulatedRun(7);
        using var other = new SimulatedRun(7);
        one.Play();
        other.Play();
        Assert.Equal(one.Hash, other.Hash);
        Assert.Equal(one.Tally.Counts, other.Tally.Counts);
    }

    [Fact]
    public void Another_seed_is_another_run()
    {
        using var one = new SimulatedRun(7);
        using var other = new SimulatedRun(8);
        one.Play();
        other.Play();
        Assert.NotEqual(one.Hash, other.Hash);
    }
}
