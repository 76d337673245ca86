namespace Oms.ExchangeSimulator.Judge;

/// <summary>The faults that are still to strike, oldest first.</summary>
internal sealed class Faults
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _pending = [];

    public void Add(FaultKind kind, int count, string? account)
    {
        lock (_gate)
        {
            _pending.Add(new Fault(kind, count, account));
        }
    }

    /// <summary>Uses up one fault of a kind that is meant for an account, if there is one.</summary>
    public bool TryTake(FaultKind kind, string account)
    {
        lock (_gate)
        {
            int index = _pending.FindIndex(fault =>
                fault.Kind == kind && (fault.Account is null || fault.Account == account));
            if (index < 0)
            {
                return false;
            }

            Fault taken = _pending[index];
            if (taken.Count == 1)
            {
                _pending.RemoveAt(index);
            }
            else
            {
                _pending[index] = taken with { Count = taken.Count - 1 };
            }

            return true;
        }
    }

    private sealed record Fault(FaultKind Kind, int Count, string? Account);
}
