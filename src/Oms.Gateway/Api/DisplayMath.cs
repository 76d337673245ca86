using System.Numerics;
using Oms.Domain;

namespace Oms.Gateway.Api;

/// <summary>
/// Quotients for people to read, rounded half to even. What is booked is never made of them.
/// </summary>
internal static class DisplayMath
{
    /// <summary>What one unit cost on average, mantissa at price decimals.</summary>
    public static Int128 AveragePrice(
        long notional, int notionalDecimals, long quantity, int quantityDecimals, int priceDecimals)
    {
        Invariant.Holds(quantity != 0);
        BigInteger dividend = BigInteger.Abs(notional) * Power(quantityDecimals + priceDecimals);
        BigInteger divisor = BigInteger.Abs(quantity) * Power(notionalDecimals);
        return (Int128)DivideHalfEven(dividend, divisor);
    }

    /// <summary>
    /// What a signed quantity is worth at a price, mantissa at the decimals of the notional.
    /// </summary>
    public static Int128 Notional(
        long price, int priceDecimals, long quantity, int quantityDecimals, int notionalDecimals)
    {
        BigInteger dividend = (BigInteger)price * quantity * Power(notionalDecimals);
        return (Int128)DivideHalfEven(dividend, Power(priceDecimals + quantityDecimals));
    }

    private static BigInteger Power(int exponent) => BigInteger.Pow(10, exponent);

    private static BigInteger DivideHalfEven(BigInteger dividend, BigInteger divisor)
    {
        BigInteger quotient = BigInteger.DivRem(BigInteger.Abs(dividend), divisor, out BigInteger remainder);
        int comparison = (remainder * 2).CompareTo(divisor);
        if (comparison > 0 || (comparison == 0 && !quotient.IsEven))
        {
            quotient += 1;
        }

        return dividend.Sign < 0 ? -quotient : quotient;
    }
}
