namespace Oms.Domain.Numbers;

/// <summary>A number of the configuration as the whole number that is computed with.</summary>
public static class Mantissa
{
    /// <summary>The mantissa at so many decimals; what is finer is cut off.</summary>
    /// <exception cref="OverflowException">More than 64 bits.</exception>
    public static long Of(decimal number, int decimals) =>
        checked((long)decimal.Floor(number * PowersOfTen.Of(decimals)));

    /// <summary>The number that a mantissa stands for: exact, for a long has at most 19 digits.</summary>
    public static decimal ToDecimal(long mantissa, int decimals)
    {
        UInt128 magnitude = (UInt128)Int128.Abs(mantissa);
        return new(
            unchecked((int)(uint)(magnitude & uint.MaxValue)),
            unchecked((int)(uint)(magnitude >> 32)),
            0,
            mantissa < 0,
            (byte)decimals);
    }
}
