namespace Oms.Engine;

/// <summary>How large amounts may be, so that their sums stay within 64 bits.</summary>
internal static class Amounts
{
    /// <summary>Above every real amount: ten billion at eight decimals.</summary>
    public const long AmountMax = 1_000_000_000_000_000_000;

    /// <summary>Three such amounts: two sums below it, with one more amount on each, add up in 64 bits.</summary>
    public const long SumMax = 3 * AmountMax;

    public static bool CanBeAdded(long amount, long sum) => IsAmount(amount) && IsBelowMax(sum);

    public static bool IsAmount(long amount) => amount is >= -AmountMax and <= AmountMax;

    public static bool IsBelowMax(long sum) => sum is >= -SumMax and <= SumMax;

    /// <summary>The amount, or the largest there may be.</summary>
    public static long Clamp(Int128 amount) => amount > AmountMax
        ? AmountMax
        : (amount < -AmountMax ? -AmountMax : (long)amount);

    /// <summary>The sum, or the largest without a sign that 64 bits hold; never <see cref="long.MinValue"/>.
    /// </summary>
    public static long Sum(long left, long right)
    {
        long sum = unchecked(left + right);
        bool isBeyond = ((left ^ sum) & (right ^ sum)) < 0 || sum == long.MinValue;
        return !isBeyond ? sum : (left < 0 ? -long.MaxValue : long.MaxValue);
    }

    /// <summary>The sum, or the largest that 64 bits hold.</summary>
    public static long Saturated(Int128 sum) => sum > long.MaxValue
        ? long.MaxValue
        : (sum < long.MinValue ? long.MinValue : (long)sum);
}
