namespace Oms.Domain.Numbers;

/// <summary>Division that names its rounding. The divisor is positive.</summary>
public static class Rounding
{
    /// <summary>The quotient rounded towards negative infinity: for what we receive.</summary>
    public static Int128 DivideRoundingDown(Int128 dividend, Int128 divisor)
    {
        Invariant.Holds(divisor > 0);
        if (FitsInLong(dividend) && FitsInLong(divisor))
        {
            // Many times faster than a division of 128 bits, and what most amounts are.
            (long floor, long rest) = Math.DivRem((long)dividend, (long)divisor);
            return rest < 0 ? floor - 1 : floor;
        }

        Int128 quotient = dividend / divisor;
        return quotient * divisor > dividend ? quotient - 1 : quotient;
    }

    /// <summary>The quotient rounded towards positive infinity: for what we owe or reserve.</summary>
    public static Int128 DivideRoundingUp(Int128 dividend, Int128 divisor)
    {
        Invariant.Holds(divisor > 0);
        if (FitsInLong(dividend) && FitsInLong(divisor))
        {
            (long ceiling, long rest) = Math.DivRem((long)dividend, (long)divisor);
            return rest > 0 ? ceiling + 1 : ceiling;
        }

        Int128 quotient = dividend / divisor;
        return quotient * divisor < dividend ? quotient + 1 : quotient;
    }

    /// <summary>Moves a mantissa to other decimals, rounding up where digits are lost.</summary>
    public static Int128 RescaleRoundingUp(Int128 mantissa, int fromDecimals, int toDecimals) =>
        toDecimals >= fromDecimals
            ? mantissa * PowersOfTen.Of(toDecimals - fromDecimals)
            : DivideRoundingUp(mantissa, PowersOfTen.Of(fromDecimals - toDecimals));

    /// <summary>Moves a mantissa to other decimals, rounding down where digits are lost.</summary>
    public static Int128 RescaleRoundingDown(Int128 mantissa, int fromDecimals, int toDecimals) =>
        toDecimals >= fromDecimals
            ? mantissa * PowersOfTen.Of(toDecimals - fromDecimals)
            : DivideRoundingDown(mantissa, PowersOfTen.Of(fromDecimals - toDecimals));

    private static bool FitsInLong(Int128 value) => value >= long.MinValue && value <= long.MaxValue;
}
