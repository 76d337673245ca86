using System.Collections.Immutable;

namespace Oms.Exchanges;

/// <summary>One answer out of several.</summary>
internal static class Outcomes
{
    /// <summary>Asks one after the other, and gives all answers together; or the first that is none.</summary>
    public static async Task<Outcome<ImmutableArray<TRow>>> Concat<TSource, TRow>(
        IEnumerable<TSource> sources, Func<TSource, Task<Outcome<ImmutableArray<TRow>>>> ask)
    {
        var rows = ImmutableArray.CreateBuilder<TRow>();
        RequestTimes times = default;
        foreach (TSource source in sources)
        {
            Outcome<ImmutableArray<TRow>> outcome = await ask(source);
            if (outcome is not Outcome<ImmutableArray<TRow>>.Accepted accepted)
            {
                return outcome;
            }

            rows.AddRange(accepted.Reply);
            times = accepted.Times;
        }

        return new Outcome<ImmutableArray<TRow>>.Accepted(rows.ToImmutable(), times);
    }
}
