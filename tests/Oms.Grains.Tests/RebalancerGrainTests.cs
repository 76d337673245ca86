using Oms.Domain.Accounts;
using Oms.Domain.Instruments;
using Oms.Domain.Orders;
using Oms.Domain.Time;
using Oms.Domain.Transfers;
using Oms.Grains.Accounts;
using Oms.Grains.Rebalancing;
using Oms.Grains.Transfers;
using Oms.Testing;

namespace Oms.Grains.Tests;

/// <summary>A rebalancer moves what its plan says once, whoever dies, and counts what others move.</summary>
public sealed class RebalancerGrainTests(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    [Fact]
    public async Task A_run_starts_what_a_dry_run_shows_and_the_next_one_has_nothing_to_do()
    {
        await FamilyAsync("dry", main: 1000, poor: 20, rich: 250);
        RebalanceView plan = await Grain("dry").Plan();
        Assert.Equal(
            [("dry/rich", "dry/main", 50m), ("dry/main", "dry/poor", 180m)],
            plan.Moves.Select(move => (move.Order.From, move.Order.To, move.Order.Amount)));
        Assert.All(plan.Moves, move => Assert.Equal("", move.TransferId));
        Assert.Equal((0, ""), (plan.RunId, plan.By));
        Assert.Equal(["dry/main", "dry/poor", "dry/rich"], plan.Accounts.Select(account => account.Account));
        Assert.Null(await Grain("dry").GetLastRun());

        RebalanceView run = await Grain("dry").Run("an operator");
        Assert.Equal(plan.Moves.Select(move => move.Order), run.Moves.Select(move => move.Order));
        Assert.All(run.Moves, move => Assert.Single(Asked(move.TransferId), asked => asked == move.Order));
        Assert.Equal("an operator", (await Grain("dry").GetLastRun())!.By);

        // FastPath has said nothing yet: what was asked for still looks free.
        Assert.Empty((await Grain("dry").Plan()).Moves);
        RebalanceView again = await Grain("dry").Run("an operator");
        Assert.Empty(again.Moves);
        Assert.True(again.RunId > run.RunId);
    }

    [Fact]
    public async Task A_death_in_the_middle_of_a_plan_repeats_and_forgets_nothing()
    {
        await FamilyAsync("death", main: 1000, poor: 0, rich: 300);
        cluster.Desk.Broken = "-1";
        _ = await Assert.ThrowsAnyAsync<Exception>(() => Grain("death").Run("an operator"));
        await cluster.RestartSiloAsync();
        RebalanceView run = (await Grain("death").GetLastRun())!;
        Assert.Equal(2, run.Moves.Length);
        Assert.Empty(Asked(run.Moves[1].TransferId));

        cluster.Desk.Broken = null;
        await Eventually.True(() => Asked(run.Moves[1].TransferId).Length > 0, TimeSpan.FromSeconds(20));
        foreach (RebalanceMove move in run.Moves)
        {
            Assert.Equal([move.Order], Asked(move.TransferId).Distinct());
        }

        Assert.Equal(run.RunId, (await Grain("death").GetLastRun())!.RunId);
        Assert.Empty((await Grain("death").Plan()).Moves);
    }

    [Fact]
    public async Task What_others_move_is_counted_until_it_has_arrived_or_did_not_take_place()
    {
        await FamilyAsync("others", main: 1000, poor: 0, rich: 0);
        TransferOrder order = Order("others/main", "others/poor", 150);
        await Grain("others").Apply([Moved("by-hand", order, 3, TransferStatus.Reserved)]);
        await Grain("others").Apply([Moved("by-hand", order, 4, TransferStatus.InTransit)]);
        Assert.Equal(50, Amount(await Grain("others").Plan(), "others/poor"));

        // Asked for again under its id, it is refused, and goes on.
        await Grain("others").Apply(
            [Moved("by-hand", order, 5, TransferStatus.Rejected, RejectReason.DuplicateClientTransferId)]);
        Assert.Equal(50, Amount(await Grain("others").Plan(), "others/poor"));
        await Grain("others").Apply([Moved("by-hand", order, 6, TransferStatus.Completed)]);
        await Grain("others").Apply([Moved("by-hand", order, 4, TransferStatus.InTransit)]);
        Assert.Equal(200, Amount(await Grain("others").Plan(), "others/poor"));
    }

    [Fact]
    public async Task An_account_that_is_not_ready_is_left_alone_and_named()
    {
        await FamilyAsync("gated", main: 1000, poor: 0, rich: 0);
        _ = await Account("gated/poor").Apply(Batches.Gate(3, AccountGate.Disconnected, GateReason.StreamDown));
        RebalanceView plan = await Grain("gated").Plan();
        Assert.Equal("gated/rich", Assert.Single(plan.Moves).Order.To);
        Assert.Contains("stream_down", plan.Accounts[1].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schedule_runs_once_when_it_is_due()
    {
        await FamilyAsync("scheduled", main: 1000, poor: 0, rich: 0, cron: "* * * * *");
        long next = (await Grain("scheduled").Plan()).NextUnixNanos;
        Assert.InRange(next - UnixNanos.Of(cluster.Clock.GetUtcNow()).Value, 1, 60 * UnixNanos.PerSecond);
        await RemindAsync("scheduled");
        Assert.Null(await Grain("scheduled").GetLastRun());

        cluster.Clock.SetUtcNow(new UnixNanos(next).ToDateTimeOffset());
        await RemindAsync("scheduled");
        RebalanceView run = (await Grain("scheduled").GetLastRun())!;
        Assert.Equal((RebalancerGrain.Schedule, 2), (run.By, run.Moves.Length));
        await cluster.RestartSiloAsync();
        await RemindAsync("scheduled");
        Assert.Equal(run.RunId, (await Grain("scheduled").GetLastRun())!.RunId);
    }

    [Theory]
    [InlineData("0 0 * * *", "1970-01-02T23:59:59", "1970-01-03T00:00:30", true)]
    [InlineData("0 0 * * *", "1970-01-02T23:59:59", "1970-01-02T23:59:59", false)]
    [InlineData("0 0 * * *", "1970-01-03T00:00:00", "1970-01-03T00:01:00", false)]
    [InlineData("0 0 * * *", "1970-01-02T20:00:00", "1970-01-03T00:59:00", true)]
    [InlineData("0 0 * * *", "1970-01-02T20:00:00", "1970-01-03T01:01:00", false)]
    [InlineData("0 8 * * 1", "1970-01-04T12:00:00", "1970-01-05T08:00:10", true)]
    [InlineData("0 8 * * 1", "1970-01-05T12:00:00", "1970-01-11T23:00:00", false)]
    [InlineData("", "1970-01-01T00:00:00", "1970-01-09T00:00:00", false)]
    public void A_run_is_due_in_time_or_up_to_an_hour_late(string cron, string after, string now, bool isDue) =>
        Assert.Equal(isDue, RebalanceSchedule.IsDue(cron, NanosOf(after), NanosOf(now)));

    private static long NanosOf(string time) =>
        UnixNanos.Of(new DateTimeOffset(DateTime.Parse(time), TimeSpan.Zero)).Value;

    private static decimal Amount(RebalanceView plan, string to) =>
        plan.Moves.Where(move => move.Order.To == to).Sum(move => move.Order.Amount);

    private static TransferOrder Order(string from, string to, decimal amount) => new()
    {
        From = from,
        FromWallet = Market.Spot,
        To = to,
        ToWallet = Market.Spot,
        Asset = "USDT",
        Amount = amount,
    };

    private static FamilyTransfer Moved(
        string id, TransferOrder order, long sequence, TransferStatus status, RejectReason reason = default) =>
        new(id, new()
        {
            Sequence = sequence,
            UnixNanos = sequence,
            TransferId = 1,
            Status = status,
            Step = default,
            Hop = 1,
            Reason = reason,
            ExchangeErrorCode = 0,
            ExchangeTransferId = 0,
            Order = order,
        });

    private IRebalancerGrain Grain(string family) => cluster.Grains.GetGrain<IRebalancerGrain>($"{family}/main");

    private IAccountGrain Account(string name) => cluster.Grains.GetGrain<IAccountGrain>(name);

    private Task RemindAsync(string family) => Grain(family).AsReference<IRemindable>()
        .ReceiveReminder(RebalancerGrain.ReminderName, default);

    private TransferOrder[] Asked(string id) =>
        [.. cluster.Desk.Asked.Where(asked => asked.Id == id).Select(asked => asked.Order)];

    /// <summary>A main account that keeps 100, and two sub-accounts of at most 200, in USDT.</summary>
    private async Task FamilyAsync(string family, decimal main, decimal poor, decimal rich, string cron = "")
    {
        cluster.Desk.IsOpen = true;
        foreach ((string account, decimal free) in new[] { ("main", main), ("poor", poor), ("rich", rich) })
        {
            string name = $"{family}/{account}";
            _ = await Account(name).Apply(Batches.Gate(1, AccountGate.Ready, GateReason.EvidenceComplete));
            _ = await Account(name).Apply(new()
            {
                FirstSequence = 2,
                LastSequence = 2,
                Balances = [Batches.Balance(2, free, "USDT") with { Reserved = 0, InTransit = 0 }],
                Gates = [],
            });
        }

        await Grain(family).Configure(new()
        {
            Asset = "USDT",
            MainBalanceMin = 100,
            TransferMin = 10,
            Cron = cron,
            Subs =
            [
                .. new[] { "poor", "rich" }.Select(sub => new RebalanceSub
                {
                    Account = $"{family}/{sub}", Markets = MarketFlags.Spot, BalanceMax = 200, WorthMax = null,
                }),
            ],
        });
    }
}
