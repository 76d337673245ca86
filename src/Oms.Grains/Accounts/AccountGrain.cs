using Microsoft.Extensions.DependencyInjection;
using Oms.Domain.Time;
using Oms.Grains.Risk;

namespace Oms.Grains.Accounts;

/// <summary>Follows the balances and the health of one account.</summary>
internal sealed class AccountGrain : Grain, IAccountGrain
{
    private readonly SequencedStore<AccountState> _store;
    private readonly TimeProvider _time;

    public AccountGrain(
        [PersistentState("account")] IPersistentState<AccountState> state,
        [FromKeyedServices(GrainClock.Key)] TimeProvider time)
    {
        _store = new(state, DeactivateOnIdle);
        _time = time;
    }

    public Task<BatchReceipt> Apply(AccountBatch batch) =>
        _store.Apply(batch.FirstSequence, batch.LastSequence, state => state.After(batch));

    public Task Configure(AccountSettings settings) => _store.Change(
        state => state.Settings == settings
            ? state
            : state with { Version = AccountState.CurrentVersion, Settings = settings });

    public Task<long> GetLastSequence() => Task.FromResult(_store.State.LastSequence);

    public async Task<AccountView> GetView()
    {
        string account = this.GetPrimaryKeyString();
        AccountPolicyView policy =
            await GrainFactory.GetGrain<IRiskPolicyGrain>(IRiskPolicyGrain.Key).GetAccount(account);
        AccountState state = _store.State;
        return new()
        {
            Account = account,
            StateVersion = state.Version,
            LastSequence = state.LastSequence,
            Gate = state.Gate,
            GateReason = state.GateReason,
            GateUnixNanos = state.GateUnixNanos,
            Balances = state.Balances,
            Settings = state.Settings,
            Limits = policy.Limits,
            Health = HealthJudge.Judge(
                state,
                HealthJudge.HaltsOf(state, account, policy.Halts),
                UnixNanos.Of(_time.GetUtcNow()).Value),
            Key = HealthJudge.KeyOf(state),
        };
    }
}
