using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Oms.Domain;
using Oms.Domain.Time;
using Oms.Grains.Markets;
using Oms.Grains.Transfers;

namespace Oms.Grains.Rebalancing;

/// <summary>
/// Plans and runs within one family. A plan is stored before its first transfer is started; until all of them are at
/// their grains, a timer goes on, and after a death of the silo the reminder of the schedule does.
/// </summary>
internal sealed class RebalancerGrain(
    [PersistentState("rebalancer")] IPersistentState<RebalancerState> stored,
    IMarketPrices prices,
    [FromKeyedServices(GrainClock.Key)] TimeProvider time) : Grain, IRebalancerGrain, IRemindable
{
    /// <summary>Who wants a run that the schedule wants.</summary>
    public const string Schedule = "schedule";

    internal const string ReminderName = "schedule";

    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan GoOn = TimeSpan.FromSeconds(1);

    private IGrainTimer? _goingOn;

    private long Now => UnixNanos.Of(time.GetUtcNow()).Value;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Invariant.Holds(stored.State.Version <= RebalancerState.CurrentVersion);
        KeepGoing();
        return Task.CompletedTask;
    }

    public async Task Configure(RebalanceSettings settings)
    {
        _ = await this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod);
        if (stored.State.Settings != settings)
        {
            bool isSameSchedule = stored.State.Settings?.Cron == settings.Cron;
            await Write(stored.State with
            {
                Settings = settings,
                ScheduledUnixNanos = isSameSchedule ? stored.State.ScheduledUnixNanos : Now,
            });
        }
    }

    public Task<RebalanceView> Plan() => PlanAsync(0, "");

    public async Task<RebalanceView> Run(string by)
    {
        await StartTransfers();
        RebalanceView run = await NewRun(by);
        await Write(stored.State.Running(run));
        await StartTransfers();
        return run;
    }

    public Task<RebalanceView?> GetLastRun() => Task.FromResult(stored.State.LastRun);

    public async Task Apply(ImmutableArray<FamilyTransfer> transfers)
    {
        RebalancerState after = stored.State.After(transfers);
        if (!ReferenceEquals(after, stored.State))
        {
            await Write(after);
        }
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await StartTransfers();
        long now = Now;
        RebalancerState state = stored.State;
        if (state.Settings is not { } settings
            || RebalanceSchedule.Next(settings.Cron, state.ScheduledUnixNanos) is not (> 0 and var next)
            || next > now)
        {
            return;
        }

        bool isDue = RebalanceSchedule.IsDue(settings.Cron, state.ScheduledUnixNanos, now);
        // The mark and the run are one write: neither is there without the other.
        RebalancerState marked = stored.State with { ScheduledUnixNanos = now };
        if (isDue)
        {
            RebalanceView run = await NewRun(Schedule);
            marked = (stored.State with { ScheduledUnixNanos = now }).Running(run);
        }

        await Write(marked);
        await StartTransfers();
    }

    private Task<RebalanceView> NewRun(string by) => PlanAsync(
        Math.Max(Now / UnixNanos.PerSecond, (stored.State.LastRun?.RunId ?? 0) + 1), by);

    private async Task<RebalanceView> PlanAsync(long runId, string by)
    {
        RebalanceSettings settings = stored.State.Settings
            ?? throw new InvalidOperationException($"{this.GetPrimaryKeyString()} is no main account of configuration");
        var family = new FamilyFunds(GrainFactory, prices, this.GetPrimaryKeyString(), settings, Now);
        await family.ReadAsync();
        // What became of transfers while the accounts were asked is in neither or in both: it counts as under way.
        (AccountFunds main, ImmutableArray<AccountFunds> subs) = family.With(stored.State.UnderWay.Values);
        ImmutableArray<RebalanceMove> moves =
            new RebalancePlanner(settings.Asset, settings.TransferMin).Plan(main, subs);
        return new()
        {
            Account = this.GetPrimaryKeyString(),
            RunId = runId,
            UnixNanos = Now,
            By = by,
            Asset = settings.Asset,
            Accounts = [main.ToView(), .. subs.Select(sub => sub.ToView())],
            Moves = runId == 0
                ? moves
                : [.. moves.Select((move, index) => move with { TransferId = IdOf(runId, index) })],
            Unpriced = family.Unpriced,
            NextUnixNanos = RebalanceSchedule.Next(settings.Cron, Now),
        };
    }

    /// <summary>At most 32 characters, as FastPath takes them, and another family has others.</summary>
    private string IdOf(long runId, int index)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(this.GetPrimaryKeyString()));
        return string.Create(
            CultureInfo.InvariantCulture, $"rb-{Convert.ToHexStringLower(hash.AsSpan(0, 4))}-{runId}-{index}");
    }

    /// <summary>Hands every transfer of the last run to its grain, which takes it once.</summary>
    private async Task StartTransfers()
    {
        if (stored.State is { IsLastRunStarted: false, LastRun: { } run })
        {
            KeepGoing();
            _ = await Task.WhenAll(run.Moves.Select(
                move => GrainFactory.GetGrain<ITransferGrain>(move.TransferId).Start(move.Order)));
            await Write(stored.State with { IsLastRunStarted = true });
        }

        _goingOn?.Dispose();
        _goingOn = null;
    }

    private void KeepGoing()
    {
        if (!stored.State.IsLastRunStarted)
        {
            _goingOn ??= this.RegisterGrainTimer(StartTransfers, new() { DueTime = GoOn, Period = GoOn });
        }
    }

    private async Task Write(RebalancerState state)
    {
        try
        {
            stored.State = state;
            await stored.WriteStateAsync();
        }
        catch
        {
            // The next activation begins from what is really stored.
            DeactivateOnIdle();
            throw;
        }
    }
}
