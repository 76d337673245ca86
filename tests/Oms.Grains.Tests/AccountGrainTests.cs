using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Grains.Accounts;

namespace Oms.Grains.Tests;

public sealed class AccountGrainTests(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    [Fact]
    public async Task An_account_of_which_nothing_was_heard_is_empty_and_disconnected()
    {
        AccountView view = await Grain("silent").GetView();
        Assert.Equal("test/silent", view.Account);
        Assert.Equal(0, view.LastSequence);
        Assert.Equal(AccountGate.Disconnected, view.Gate);
        Assert.Empty(view.Balances);
    }

    [Fact]
    public async Task The_last_balance_of_each_asset_is_shown_with_its_time()
    {
        IAccountGrain grain = Grain("balances");
        AccountBatch batch = Batches.Account(1, 2) with
        {
            Balances = [Batches.Balance(1, 5), Batches.Balance(2, 7.25m), Batches.Balance(2, 1, "BTC")],
        };
        Assert.Equal(3, (await grain.Apply(batch)).NextSequence);

        AccountView view = await grain.GetView();
        Assert.Equal(["BTC", "USDT"], view.Balances.Select(balance => balance.Asset));
        Assert.Equal(7.25m, view.Balances[1].Free);
        Assert.Equal(0.00000001m, view.Balances[1].Reserved);
        Assert.Equal(Market.Spot, view.Balances[1].Wallet);
        Assert.Equal(2000, view.Balances[1].UnixNanos);
        Assert.Equal(AccountState.CurrentVersion, view.StateVersion);
    }

    [Fact]
    public async Task The_gate_is_the_last_one_heard()
    {
        IAccountGrain grain = Grain("gate");
        _ = await grain.Apply(Batches.Gate(1, AccountGate.Reconciling, GateReason.StreamUp));
        _ = await grain.Apply(Batches.Gate(2, AccountGate.Ready, GateReason.EvidenceComplete));
        AccountView view = await grain.GetView();
        Assert.Equal(AccountGate.Ready, view.Gate);
        Assert.Equal(GateReason.EvidenceComplete, view.GateReason);
        Assert.Equal(2, view.GateUnixNanos);
    }

    [Fact]
    public async Task Health_is_the_worst_of_what_holds_with_its_reasons_and_their_ages()
    {
        IAccountGrain grain = Grain("health");
        AccountHealth stale = (await grain.GetView()).Health;
        Assert.Equal((AccountCondition.Stale, "disconnected", 0), Told(stale.Condition, stale.Reasons[0]));

        _ = await grain.Apply(Gate(1, AccountGate.Reconciling, GateReason.EvidenceIncomplete));
        AccountHealth incomplete = (await grain.GetView()).Health;
        Assert.Equal(
            (AccountCondition.Incomplete, "evidence_incomplete", 99_000),
            Told(incomplete.Condition, incomplete.Reasons[0]));

        _ = await grain.Apply(Gate(2, AccountGate.Ready, GateReason.EvidenceComplete));
        Assert.Equal(AccountCondition.Ready, (await grain.GetView()).Health.Condition);
        Assert.Equal((KeyStatus.Working, 2_000_000_000), Key(await grain.GetView()));

        _ = await grain.Apply(Batches.Account(3, 3) with
        {
            Halts = [Batches.Halt(3, HaltScope.Account, "test/health", HaltState.Halted)],
        });
        AccountHealth halted = (await grain.GetView()).Health;
        Assert.Equal(
            (AccountCondition.Halted, "halted: account (command) by eve", 97_000),
            Told(halted.Condition, halted.Reasons[0]));
        Assert.Equal(AccountCondition.Ready, halted.Reasons[1].Condition);

        _ = await grain.Apply(Gate(4, AccountGate.Disconnected, GateReason.StreamDown) with
        {
            Halts = [Batches.Halt(4, HaltScope.Account, "test/health", HaltState.Resumed)],
        });
        Assert.Equal(AccountCondition.Stale, (await grain.GetView()).Health.Condition);
        Assert.Equal((KeyStatus.WorkedBefore, 2_000_000_000), Key(await grain.GetView()));

        static AccountBatch Gate(long second, AccountGate gate, GateReason reason) =>
            Batches.Gate(second, gate, reason) with
            {
                Gates =
                [
                    new() { Sequence = second, UnixNanos = second * 1_000_000_000, Gate = gate, Reason = reason },
                ],
            };

        static (AccountCondition, string, long) Told(AccountCondition condition, ConditionReason reason) =>
            (condition, reason.Text, reason.AgeMs);

        static (KeyStatus, long) Key(AccountView view) => (view.Key.Status, view.Key.ProvenUnixNanos);
    }

    [Fact]
    public async Task Configuration_is_kept_and_shown()
    {
        var settings = new AccountSettings
        {
            Type = AccountType.Sub,
            Parent = "test/main",
            OwnerGroup = "test/main",
            Strategy = "arbitrage",
            Markets = MarketFlags.Spot,
            KeyPath = "binance_sub",
        };
        await Grain("configured").Configure(settings);
        await cluster.RestartSiloAsync();
        Assert.Equal(settings, (await Grain("configured").GetView()).Settings);
    }

    [Fact]
    public async Task A_batch_delivered_again_changes_nothing()
    {
        IAccountGrain grain = Grain("again");
        _ = await grain.Apply(Batches.Account(1, 5));
        Assert.Equal(6, (await grain.Apply(Batches.Account(1, 5, scale: 9))).NextSequence);
        Assert.Equal(6, (await grain.Apply(Batches.Account(2, 3, scale: 9))).NextSequence);
        Assert.Equal(5, Assert.Single((await grain.GetView()).Balances).Free);
    }

    [Fact]
    public async Task Of_an_overlapping_batch_only_what_is_new_is_applied()
    {
        IAccountGrain grain = Grain("overlap");
        _ = await grain.Apply(Batches.Account(1, 5));
        AccountBatch overlap = Batches.Account(4, 7) with
        {
            Balances = [Batches.Balance(4, 999, "BTC"), Batches.Balance(5, 999), Batches.Balance(7, 70)],
        };
        Assert.Equal(8, (await grain.Apply(overlap)).NextSequence);
        Assert.Equal(70, Assert.Single((await grain.GetView()).Balances).Free);
    }

    [Fact]
    public async Task A_batch_behind_a_gap_is_answered_with_what_is_missing()
    {
        IAccountGrain grain = Grain("gap");
        _ = await grain.Apply(Batches.Account(1, 5));
        Assert.Equal(6, (await grain.Apply(Batches.Account(8, 9))).NextSequence);
        Assert.Equal(5, (await grain.GetView()).LastSequence);
        Assert.Equal(10, (await grain.Apply(Batches.Account(6, 9))).NextSequence);
        Assert.Equal(9, Assert.Single((await grain.GetView()).Balances).Free);
    }

    [Fact]
    public async Task A_batch_without_news_moves_the_sequence()
    {
        IAccountGrain grain = Grain("empty");
        AccountBatch empty = Batches.Account(1, 4) with { Balances = [] };
        Assert.Equal(5, (await grain.Apply(empty)).NextSequence);
        await cluster.RestartSiloAsync();
        Assert.Equal(4, (await Grain("empty").GetView()).LastSequence);
    }

    [Fact]
    public async Task State_survives_the_silo()
    {
        _ = await Grain("durable").Apply(Batches.Account(1, 3));
        _ = await Grain("durable").Apply(Batches.Gate(4, AccountGate.Ready, GateReason.EvidenceComplete));
        await cluster.RestartSiloAsync();
        AccountView view = await Grain("durable").GetView();
        Assert.Equal(4, view.LastSequence);
        Assert.Equal(AccountGate.Ready, view.Gate);
        Assert.Equal(3, Assert.Single(view.Balances).Free);
        Assert.Equal(5, (await Grain("durable").Apply(Batches.Account(4, 4, scale: 9))).NextSequence);
    }

    [Fact]
    public async Task An_impossible_batch_is_refused_and_harms_nothing()
    {
        IAccountGrain grain = Grain("impossible");
        _ = await grain.Apply(Batches.Account(1, 3));
        AccountBatch backwards = Batches.Account(4, 5) with { FirstSequence = 5, LastSequence = 4 };
        _ = await Assert.ThrowsAnyAsync<Exception>(() => grain.Apply(backwards));
        Assert.Equal(3, (await grain.GetView()).LastSequence);
        Assert.Equal(6, (await grain.Apply(Batches.Account(4, 5))).NextSequence);
    }

    [Fact]
    public async Task After_a_write_whose_outcome_is_unknown_the_stored_state_is_shown()
    {
        IAccountGrain grain = Grain("unknown");
        _ = await grain.Apply(Batches.Account(1, 3));
        await cluster.Nats.KillAsync();
        try
        {
            _ = await Assert.ThrowsAnyAsync<Exception>(() => grain.Apply(Batches.Account(4, 6)));
        }
        finally
        {
            await cluster.Nats.StartAgainAsync();
        }

        AccountView view = await grain.GetView();
        Assert.Equal(view.LastSequence, Assert.Single(view.Balances).Free);
        Assert.Equal(7, (await grain.Apply(Batches.Account(4, 6))).NextSequence);
        Assert.Equal(6, Assert.Single((await grain.GetView()).Balances).Free);
    }

    private IAccountGrain Grain(string name) => cluster.Grains.GetGrain<IAccountGrain>($"test/{name}");
}
