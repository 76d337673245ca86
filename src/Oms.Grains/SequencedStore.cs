using Oms.Domain;

namespace Oms.Grains;

/// <summary>
/// How every grain that follows an account stores a batch: what it has is skipped, what would leave a gap is
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
        try
        {
            Invariant.Holds(firstSequence > 0 && lastSequence >= firstSequence);
            Invariant.Holds(State.Version <= TState.CurrentVersion);
            long nextSequence = State.LastSequence + 1;
            if (lastSequence < nextSequence || firstSequence > nextSequence)
            {
                return new(nextSequence);
            }

            stored.State = after(State);
            Invariant.Holds(State.LastSequence == lastSequence);
            await stored.WriteStateAsync();
            return new(lastSequence + 1);
        }
        catch
        {
            deactivate();
            throw;
        }
    }
}
