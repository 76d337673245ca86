using Oms.Domain.Numbers;

namespace Oms.ExchangeSimulator.Exchange;

/// <summary>What a trade costs, taken from the asset that is received.</summary>
/// <param name="Maker">The rate's mantissa at eight decimals: 0.001 is 100,000.</param>
internal readonly record struct CommissionRates(long Maker, long Taker)
{
    /// <summary>The commission on a received amount, rounded half up at the eighth decimal.</summary>
    public long Of(long received, bool isMaker)
    {
        Int128 exact = (Int128)received * (isMaker ? Maker : Taker);
        return (long)Rounding.DivideRoundingDown(exact + (Amount.One / 2), Amount.One);
    }
}
