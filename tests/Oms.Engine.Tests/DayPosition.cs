using System.Numerics;

namespace Oms.Engine.Tests;

/// <summary>A position at average cost in the plain books.</summary>
internal sealed class DayPosition
{
    public BigInteger Quantity { get; private set; }

    public BigInteger OpenNotional { get; private set; }

    public BigInteger RealizedPnl { get; private set; }

    /// <summary>All that was ever paid less all that was received.</summary>
    public BigInteger Paid { get; private set; }

    public void Trade(BigInteger quantity, BigInteger notional)
    {
        Paid += notional;
        bool isOpening = Quantity.Sign * quantity.Sign >= 0;
        BigInteger closing =
            isOpening ? 0 : BigInteger.Min(BigInteger.Abs(quantity), BigInteger.Abs(Quantity));
        if (closing.IsZero)
        {
            Quantity += quantity;
            OpenNotional += notional;
            return;
        }

        BigInteger closedNotional = DividedDown(notional * closing, BigInteger.Abs(quantity));
        BigInteger closedCost = DividedDown(OpenNotional * closing, BigInteger.Abs(Quantity));
        RealizedPnl -= closedNotional + closedCost;
        OpenNotional += notional - closedNotional - closedCost;
        Quantity += quantity;
    }

    /// <summary>Towards negative infinity.</summary>
    public static BigInteger DividedDown(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out BigInteger remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }
}
