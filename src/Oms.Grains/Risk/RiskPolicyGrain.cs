using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Oms.Domain.Accounts;
using Oms.Domain.Messages;
using Oms.Domain.Time;

namespace Oms.Grains.Risk;

/// <summary>Keeps what limits are wanted, and what FastPath said of limits and halts.</summary>
internal sealed class RiskPolicyGrain : Grain, IRiskPolicyGrain
{
    private readonly SequencedStore<RiskPolicyState> _store;
    private readonly TimeProvider _time;

    public RiskPolicyGrain(
        [PersistentState("policy")] IPersistentState<RiskPolicyState> state,
        [FromKeyedServices(GrainClock.Key)] TimeProvider time)
    {
        _store = new(state, DeactivateOnIdle);
        _time = time;
    }

    public Task<BatchReceipt> Apply(PolicyBatch batch) =>
        _store.Apply(batch.FirstLogSequence, batch.LastLogSequence, state => state.After(batch));

    public Task Configure(ImmutableArray<ConfiguredLimits> limits) =>
        _store.Change(state => state.Configured(limits));

    public async Task<LimitReceipt> SetLimits(LimitChange change)
    {
        if (_store.State.Find(change.Key) is not { } known)
        {
            return new() { Decision = LimitDecision.Unknown, Version = 0, Problem = "nobody configured it" };
        }

        if (LimitRules.Problem(change.Key.Scope, change.Limits) is { } problem)
        {
            return new() { Decision = LimitDecision.Invalid, Version = known.Version, Problem = problem };
        }

        if (change.ExpectedVersion >= 0 && change.ExpectedVersion != known.Version)
        {
            return new()
            {
                Decision = LimitDecision.VersionChanged,
                Version = known.Version,
                Problem = $"version {known.Version} holds by now",
            };
        }

        long now = UnixNanos.Of(_time.GetUtcNow()).Value;
        await _store.Change(state => state.Wanting(change, known, now));
        return new() { Decision = LimitDecision.Accepted, Version = known.Version + 1 };
    }

    public Task<ImmutableArray<PendingLimits>> GetPending()
    {
        ImmutableArray<PendingLimits> pending =
        [
            .. _store.State.Limits
                .Where(limits => limits.IsPending)
                .Select(limits => new PendingLimits
                {
                    Key = limits.Key,
                    Limits = limits.Limits,
                    Version = limits.Version,
                }),
        ];
        return Task.FromResult(pending);
    }

    public Task<PolicyView> GetView() => Task.FromResult(new PolicyView
    {
        LastLogSequence = _store.State.LastSequence,
        Limits = [.. _store.State.Limits.Select(limits => limits.ToView())],
        Halts = _store.State.Halts,
    });

    public Task<AccountPolicyView> GetAccount(string account)
    {
        RiskPolicyState state = _store.State;
        string exchange = AccountName.TryParse(account, out AccountName name) ? name.Exchange : "";
        return Task.FromResult(new AccountPolicyView
        {
            Limits = state.Find(new(LimitScope.Account, account))?.ToView(),
            Halts = [.. state.HaltsOn(account, exchange)],
        });
    }

    public Task<ImmutableArray<AuditEntry>> GetAudit(int entriesMax)
    {
        ImmutableArray<AuditEntry> newest = [.. _store.State.Audit.Reverse().Take(Math.Max(0, entriesMax))];
        return Task.FromResult(newest);
    }

    public Task<long> GetLastLogSequence() => Task.FromResult(_store.State.LastSequence);
}
