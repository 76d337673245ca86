namespace Oms.Domain.Numbers;

/// <summary>A number of the configuration as the whole number that is computed with.</summary>
public static class Mantissa
{
    /// <summary>The mantissa at so many decimals; what is finer is cut off.</summary>
    /// <exception cref="OverflowException">More than 64 bits.</exception>
    public static long Of(decimal number, int decimals) =>
        checked((long)decimal.Floor(number * PowersOfTen.Of(decimals)));
}
