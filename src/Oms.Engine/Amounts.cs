namespace Oms.Engine;

/// <summary>How large amounts may be, so that their sums stay within 64 bits.</summary>
internal static class Amounts
{
    /// <summary>Above every real amount: ten billion at eight decimals.</summary>
    public const long AmountMax = 1_000_000_000_000_000_000;

    /// <summary>Four such amounts: a sum below it takes several more without overflow.</summary>
    public const long SumMax = 4 * AmountMax;

    public static bool CanBeAdded(long amount, long sum) =>
        amount is >= -AmountMax and <= AmountMax && IsBelowMax(sum);

    public static bool IsBelowMax(long sum) => sum is >= -SumMax and <= SumMax;
}
