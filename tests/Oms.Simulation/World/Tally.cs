namespace Oms.Simulation.World;

/// <summary>How often what happened: of one run, or of many.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public long this[string what] => _counts.GetValueOrDefault(what);

    public void Add(string what, long count = 1) => _counts[what] = this[what] + count;

    public void AddAll(Tally other)
    {
        foreach ((string what, long count) in other._counts)
        {
            Add(what, count);
        }
    }

    public override string ToString() =>
        string.Join(Environment.NewLine, _counts.Select(each => $"  {each.Value,10} {each.Key}"));
}
