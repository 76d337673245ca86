namespace Oms.ExchangeSimulator.Judge;

/// <summary>The faults that are still to strike, oldest first, and how often each kind has struck.</summary>
/// <param name="seed">Of the dice: the same faults and calls, in the same order, fare the same.</param>
internal sealed class Faults(int seed)
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _pending = [];
    private readonly SortedDictionary<string, long> _struck = new(StringComparer.Ordinal);
    private int _seed = seed;
    private int _added;

    /// <summary>How often each kind has struck, by its name.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Struck
    {
        get
        {
            lock (_gate)
            {
                return [.. _struck];
            }
        }
    }

    /// <summary>The dice of faults to come begin anew.</summary>
    public void Reseed(int seed)
    {
        lock (_gate)
        {
            (_seed, _added) = (seed, 0);
        }
    }

    public void Add(FaultKind kind, FaultRequest request)
    {
        lock (_gate)
        {
            _pending.Add(new Fault(kind, request.Count ?? 1, request, new Random(unchecked((_seed * 31) + _added++))));
        }
    }

    /// <summary>Counts what acts at once.</summary>
    public void Count(FaultKind kind)
    {
        lock (_gate)
        {
            string name = FaultWords.Of(kind);
            _struck[name] = _struck.GetValueOrDefault(name) + 1;
        }
    }

    /// <summary>None is still to strike.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _pending.Clear();
        }
    }

    /// <summary>Uses up one fault of a kind that is meant for a call of an account; null where there is none.</summary>
    public FaultRequest? Take(FaultKind kind, string account, string path = "")
    {
        lock (_gate)
        {
            int index = _pending.FindIndex(fault =>
                fault.Kind == kind && fault.IsMeantFor(account, path));
            if (index < 0)
            {
                return null;
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

            Count(kind);
            return taken.Request;
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
