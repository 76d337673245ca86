namespace Oms.ExchangeSimulator.Judge;

/// <summary>The faults that are still to strike, oldest first.</summary>
internal sealed class Faults
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _pending = [];

    public void Add(FaultKind kind, FaultRequest request)
    {
        lock (_gate)
        {
            _pending.Add(new Fault(kind, request.Count, request, new Random((int)kind)));
        }
    }

    /// <summary>Uses up one fault of a kind that is meant for a call of an account, if there is one.</summary>
    public bool TryTake(FaultKind kind, string account, string path = "")
    {
        lock (_gate)
        {
            int index = _pending.FindIndex(fault =>
                fault.Kind == kind && fault.IsMeantFor(account, path));
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

    private sealed record Fault(FaultKind Kind, int Count, FaultRequest Request, Random Dice)
    {
        public bool IsMeantFor(string account, string path) =>
            (Request.Account is null || Request.Account == account)
            && (Request.Path is null || Request.Path == path)
            && (Request.Percent is not { } percent || Dice.Next(100) < percent);
    }
}
