namespace Oms.Matching;

/// <summary>All that rests at one price.</summary>
public readonly record struct BookLevel(long Price, long Quantity);
