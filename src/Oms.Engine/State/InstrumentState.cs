using Oms.Domain.Messages;
using Oms.Domain.Numbers;

namespace Oms.Engine.State;

/// <summary>What the engine knows of an instrument.</summary>
internal sealed class InstrumentState
{
    /// <summary>
    /// 10^30: above it a rescaled product might leave 128 bits, and is beyond every amount anyway.
    /// </summary>
    private static readonly Int128 ProductMax = (Int128)PowersOfTen.Of(15) * PowersOfTen.Of(15);

    public required InstrumentDefined Definition { get; set; }

    public required int BaseDecimals { get; init; }

    public required int QuoteDecimals { get; init; }

    /// <summary>Null until the exchange stated them.</summary>
    public InstrumentFilters? Filters { get; set; }

    /// <summary>Null until the first one.</summary>
    public TopOfBook? Top { get; set; }

    /// <summary>The top of a book that is valid on both sides; null when there is none.</summary>
    public TopOfBook? ReferencePrice => Top is { BidPrice: > 0, AskPrice: > 0 } ? Top : null;

    /// <summary>
    /// Price x quantity at the quote asset's decimals, rounded up: what an order may cost.
    /// <see cref="long.MaxValue"/> when it is more: larger than any limit.
    /// </summary>
    public long NotionalRoundedUp(long price, long quantity)
    {
        Int128 product = (Int128)price * quantity;
        return product > ProductMax
            ? long.MaxValue
            : Saturated(Rounding.RescaleRoundingUp(product, ProductDecimals, QuoteDecimals));
    }

    /// <summary>
    /// Price x quantity at the quote asset's decimals, rounded down: what an order may bring.
    /// </summary>
    public long NotionalRoundedDown(long price, long quantity)
    {
        Int128 product = (Int128)price * quantity;
        return product > ProductMax
            ? long.MaxValue
            : Saturated(Rounding.RescaleRoundingDown(product, ProductDecimals, QuoteDecimals));
    }

    /// <summary>
    /// The value of an amount of the base asset, at the quote asset's decimals, rounded down.
    /// </summary>
    public long ValueOfBase(long price, long baseAmount) =>
        Saturated(Rounding.RescaleRoundingDown(
            (Int128)price * baseAmount, Definition.PriceDecimals + BaseDecimals, QuoteDecimals));

    /// <summary>
    /// A quantity as an amount of the base asset; exact, since an asset has no fewer decimals.
    /// <see cref="long.MaxValue"/> when it is more.
    /// </summary>
    public long BaseAmountOf(long quantity) =>
        Saturated(Rounding.RescaleRoundingDown(quantity, Definition.QuantityDecimals, BaseDecimals));

    private int ProductDecimals => Definition.PriceDecimals + Definition.QuantityDecimals;

    private static long Saturated(Int128 amount) => (long)Int128.Clamp(amount, long.MinValue, long.MaxValue);
}
