using System.Collections.Immutable;
using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.Grains.Risk;

namespace Oms.Grains.Tests;

public sealed class RiskPolicyGrainTests(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    private static readonly LimitKey Account = new(LimitScope.Account, "test/main");
    private static readonly LimitKey Firm = new(LimitScope.Firm, "");

    [Fact]
    public async Task Limits_are_versioned_told_until_confirmed_and_audited()
    {
        IRiskPolicyGrain grain = await ConfiguredAsync("versions");
        Assert.Empty(await grain.GetPending());
        LimitReceipt receipt = await grain.SetLimits(Change(Account, new() { LossMax = 250 }, version: 0));
        Assert.Equal((LimitDecision.Accepted, 1), (receipt.Decision, receipt.Version));
        PendingLimits pending = Assert.Single(await grain.GetPending());
        Assert.Equal((Account, 1, 250m), (pending.Key, pending.Version, pending.Limits.LossMax));

        await cluster.RestartSiloAsync();
        grain = Grain("versions");
        Assert.Single(await grain.GetPending());
        Assert.Equal(8, (await grain.Apply(Confirmed(1, 7, version: 1))).NextSequence);
        Assert.Equal(8, (await grain.Apply(Confirmed(1, 7, version: 1))).NextSequence);
        Assert.Equal(8, (await grain.Apply(Confirmed(9, 9, version: 1))).NextSequence);
        Assert.Empty(await grain.GetPending());
        LimitView limits = Assert.Single((await grain.GetView()).Limits, view => view.Key == Account);
        Assert.Equal((1, 1, 7000), (limits.Version, limits.ConfirmedVersion, limits.ConfirmedUnixNanos));

        ImmutableArray<AuditEntry> audit = await grain.GetAudit(10);
        Assert.Equal([AuditAction.LimitsConfirmed, AuditAction.LimitsSet], audit.Select(entry => entry.Action));
        Assert.Equal(("eve", "account test/main", 1), (audit[1].By, audit[1].Subject, audit[1].Version));
        Assert.Equal((500m, 250m), (audit[1].Old?.LossMax, audit[1].New?.LossMax));
        Assert.Equal(100_000_000_000, audit[1].UnixNanos);
    }

    [Fact]
    public async Task What_somebody_set_holds_whatever_configuration_says_later()
    {
        IRiskPolicyGrain grain = await ConfiguredAsync("configuration");
        await grain.Configure([Configured(Account, 600), Configured(Firm, null)]);
        Assert.Equal(600, (await LimitsAsync(grain, Account)).LossMax);
        _ = await grain.SetLimits(Change(Account, new() { LossMax = 50 }));
        await grain.Configure([Configured(Account, 700), Configured(Firm, null)]);
        Assert.Equal(50, (await LimitsAsync(grain, Account)).LossMax);
    }

    [Theory]
    [InlineData("unknown account", LimitDecision.Unknown)]
    [InlineData("other version", LimitDecision.VersionChanged)]
    [InlineData("negative", LimitDecision.Invalid)]
    [InlineData("too fine", LimitDecision.Invalid)]
    [InlineData("too large", LimitDecision.Invalid)]
    [InlineData("window without length", LimitDecision.Invalid)]
    [InlineData("loss of the firm", LimitDecision.Invalid)]
    public async Task A_wish_that_cannot_be_is_refused_and_changes_nothing(string wish, LimitDecision decision)
    {
        IRiskPolicyGrain grain = await ConfiguredAsync("refused");
        LimitReceipt receipt = await grain.SetLimits(wish switch
        {
            "unknown account" => Change(new(LimitScope.Account, "test/none"), new()),
            "other version" => Change(Account, new(), version: 3),
            "negative" => Change(Account, new() { OrderNotionalMax = -1 }),
            "too fine" => Change(Account, new() { LeverageMax = 1.005m }),
            "too large" => Change(Account, new() { PositionValueMax = 90_000_000_001m }),
            "window without length" => Change(Account, new() { OrdersPerWindowMax = 5 }),
            _ => Change(Firm, new() { LossMax = 5 }),
        });
        Assert.Equal(decision, receipt.Decision);
        Assert.NotEmpty(receipt.Problem);
        Assert.Empty(await grain.GetPending());
        Assert.Empty(await grain.GetAudit(10));
    }

    [Fact]
    public async Task What_FastPath_does_not_take_is_said_and_not_told_again()
    {
        IRiskPolicyGrain grain = await ConfiguredAsync("problem");
        _ = await grain.SetLimits(Change(Account, new() { LossMax = 1 }));
        _ = await grain.Apply(Confirmed(1, 2, version: 1, isApplied: false));
        Assert.Empty(await grain.GetPending());
        LimitView limits = Assert.Single((await grain.GetView()).Limits, view => view.Key == Account);
        Assert.Equal((0, "FastPath does not know the account or group"), (limits.ConfirmedVersion, limits.Problem));
        Assert.Equal(AuditAction.LimitsRefused, (await grain.GetAudit(1))[0].Action);
    }

    [Fact]
    public async Task Halts_are_in_force_from_when_they_began_until_somebody_resumes()
    {
        IRiskPolicyGrain grain = await ConfiguredAsync("halts");
        _ = await grain.Apply(Halts(
            1,
            Batches.Halt(1, HaltScope.Firm, "", HaltState.Halted),
            Batches.Halt(2, HaltScope.Exchange, "other", HaltState.Halted),
            Batches.Halt(3, HaltScope.Order, "17", HaltState.Halted),
            Batches.Halt(4, HaltScope.Firm, "", HaltState.Confirmed, by: "")));
        HaltView halt = Assert.Single((await grain.GetAccount("test/main")).Halts);
        Assert.Equal(
            (HaltScope.Firm, HaltState.Confirmed, "eve", 1_000_000_000),
            (halt.Scope, halt.State, halt.By, halt.UnixNanos));
        Assert.Equal(2, (await grain.GetView()).Halts.Length);
        Assert.Equal(500, (await grain.GetAccount("test/main")).Limits?.Limits.LossMax);

        _ = await grain.Apply(Halts(5, Batches.Halt(5, HaltScope.Firm, "", HaltState.Resumed, by: "bob")));
        Assert.Empty((await grain.GetAccount("test/main")).Halts);
        AuditEntry newest = (await grain.GetAudit(1))[0];
        Assert.Equal((AuditAction.Resumed, "bob", "firm"), (newest.Action, newest.By, newest.Subject));
        Assert.Equal(5, (await grain.GetAudit(100)).Length);
    }

    private static LimitChange Change(LimitKey key, LimitSet limits, long version = -1) =>
        new() { Key = key, Limits = limits, ExpectedVersion = version, By = "eve" };

    private static ConfiguredLimits Configured(LimitKey key, decimal? lossMax) =>
        new() { Key = key, Limits = new() { LossMax = lossMax } };

    private static PolicyBatch Confirmed(long first, long last, long version, bool isApplied = true) => new()
    {
        FirstLogSequence = first,
        LastLogSequence = last,
        Halts = [],
        Limits =
        [
            new()
            {
                LogSequence = last,
                UnixNanos = last * 1000,
                Key = Account,
                Version = version,
                IsApplied = isApplied,
            },
        ],
    };

    private static PolicyBatch Halts(long first, params HaltUpdate[] halts) => new()
    {
        FirstLogSequence = first,
        LastLogSequence = halts[^1].Sequence,
        Halts = [.. halts],
        Limits = [],
    };

    private static async Task<LimitSet> LimitsAsync(IRiskPolicyGrain grain, LimitKey key) =>
        (await grain.GetView()).Limits.Single(view => view.Key == key).Limits;

    private async Task<IRiskPolicyGrain> ConfiguredAsync(string name)
    {
        IRiskPolicyGrain grain = Grain(name);
        await grain.Configure([Configured(Account, 500), Configured(Firm, null)]);
        return grain;
    }

    private IRiskPolicyGrain Grain(string name) => cluster.Grains.GetGrain<IRiskPolicyGrain>(name);
}
