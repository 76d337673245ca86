using System.Numerics;

namespace Oms.Simulation.Exchange;

/// <summary>
/// What is held at average cost, signed: of a short position both are negative. The cost keeps what rounding leaves
/// over. Amounts at 8 decimals.
/// </summary>
internal sealed class AverageCost(long quantity = 0, long cost = 0)
{
    public long Quantity { get; private set; } = quantity;

    public long Cost { get; private set; } = cost;

    /// <summary>Takes a signed trade, part by part: what closes, and what opens.</summary>
    /// <returns>What it gained or lost.</returns>
    public long Trade(long quantity, long notional)
    {
        long closing = Math.Sign(quantity) == -Math.Sign(Quantity)
            ? Math.Min(Math.Abs(quantity), Math.Abs(Quantity))
            : 0;
        long paid = Part(notional, closing, quantity);
        long cost = Part(Cost, closing, Quantity);
        Quantity += quantity;
        Cost += notional - paid - cost;
        return -paid - cost;
    }

    /// <summary>Takes a part of a long position out, at what it cost.</summary>
    /// <returns>What it cost.</returns>
    public long TakeOut(long quantity)
    {
        long cost = Math.Max(0, Part(Cost, quantity, Quantity));
        Quantity -= quantity;
        Cost -= cost;
        return cost;
    }

    /// <summary>Of an amount the part that belongs to a part of a quantity, rounded down.</summary>
    private static long Part(long amount, long part, long whole)
    {
        if (part == 0)
        {
            return 0;
        }

        var product = (BigInteger)amount * part;
        var quotient = BigInteger.DivRem(product, Math.Abs(whole), out BigInteger rest);
        return (long)(rest.Sign < 0 ? quotient - 1 : quotient);
    }
}
