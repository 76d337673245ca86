using Oms.Domain;

namespace Oms.Grains;

/// <summary>
/// How every grain that follows events stores a batch: what it has is skipped, what would leave a gap is
/// refused, the rest is one write. Where anything fails, the activation ends: the next one begins from what
/// is really stored.
/// </summary>
internal sealed class SequencedStore<TState>(IPersistentState<TState> stored, Action deactivate)
    where TState : class, ISequencedState
{
    public TState State => stored.State;

    /// <param name="after">Makes the state after the batch from the one before it.</param>
    /// <returns>The sequence that is needed next.</returns>
    public async Task<BatchReceipt> Apply(long firstSequence, long lastSequence, Func<TState, TState> after)
    {
        long nextSequence = 0;
        await Change(state =>
        {
            Invariant.Holds(firstSequence > 0 && lastSequence >= firstSequence);
            nextSequence = state.LastSequence + 1;
            if (lastSequence < nextSequence || firstSequence > nextSequence)
            {
                return state;
            }

            nextSequence = lastSequence + 1;
            TState changed = after(state);
            Invariant.Holds(changed.LastSequence == lastSequence);
            return changed;
        });
        return new(nextSequence);
    }

    /// <summary>Stores what a command makes of the state; nothing where it makes nothing of it.</summary>
    /// <param name="change">Returns the same object where nothing changes.</param>
    public async Task Change(Func<TState, TState> change)
    {
        try
        {
            Invariant.Holds(State.Version <= TState.CurrentVersion);
            TState changed = change(State);
            if (!ReferenceEquals(changed, State))
            {
                stored.State = changed;
                await stored.WriteStateAsync();
            }
        }
        catch
        {
            deactivate();
            throw;
        }
    }
}
