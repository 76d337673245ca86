namespace Oms.Grains.Accounts;

/// <summary>Follows the balances and the gate of one account.</summary>
internal sealed class AccountGrain : Grain, IAccountGrain
{
    private readonly SequencedStore<AccountState> _store;

    public AccountGrain([PersistentState("account")] IPersistentState<AccountState> state) =>
        _store = new(state, DeactivateOnIdle);

    public Task<BatchReceipt> Apply(AccountBatch batch) =>
        _store.Apply(batch.FirstSequence, batch.LastSequence, state => state.After(batch));

    public Task<AccountView> GetView() => Task.FromResult(new AccountView
    {
        Account = this.GetPrimaryKeyString(),
        StateVersion = _store.State.Version,
        LastSequence = _store.State.LastSequence,
        Gate = _store.State.Gate,
        GateReason = _store.State.GateReason,
        GateUnixNanos = _store.State.GateUnixNanos,
        Balances = _store.State.Balances,
    });
}
