namespace Oms.Domain.Numbers;

/// <summary>10^0 to 10^18, the powers of ten that a <c>long</c> holds.</summary>
public static class PowersOfTen
{
    private static ReadOnlySpan<long> Powers =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    /// <exception cref="IndexOutOfRangeException">The exponent is not in 0..18.</exception>
    public static long Of(int exponent) => Powers[exponent];
}
