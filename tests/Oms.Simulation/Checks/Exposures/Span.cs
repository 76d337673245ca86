namespace Oms.Simulation.Checks.Exposures;

/// <summary>An amount that is known to lie between two others.</summary>
internal readonly record struct Span(long Least, long Most)
{
    public static Span Of(long amount) => new(amount, amount);

    /// <summary>Of alternatives one is needed.</summary>
    public Span Or(Span other) => new(Math.Min(Least, other.Least), Math.Max(Most, other.Most));

    public bool Holds(long amount) => amount >= Least && amount <= Most;

    public static Span operator -(Span left, Span right) => new(left.Least - right.Most, left.Most - right.Least);

    public static Span operator +(Span left, Span right) => new(left.Least + right.Least, left.Most + right.Most);
}
