namespace Oms.Grains.Positions;

/// <summary>Follows the positions of one account.</summary>
internal sealed class PositionGrain : Grain, IPositionGrain
{
    private readonly SequencedStore<PositionState> _store;

    public PositionGrain([PersistentState("positions")] IPersistentState<PositionState> state) =>
        _store = new(state, DeactivateOnIdle);

    public Task<BatchReceipt> Apply(PositionBatch batch) =>
        _store.Apply(batch.FirstSequence, batch.LastSequence, state => state.After(batch));

    public Task<PositionsView> GetView() => Task.FromResult(new PositionsView
    {
        Account = this.GetPrimaryKeyString(),
        StateVersion = _store.State.Version,
        LastSequence = _store.State.LastSequence,
        Positions = _store.State.Positions,
    });
}
