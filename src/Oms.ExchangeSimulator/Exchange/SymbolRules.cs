namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The filters of a symbol, checked in the order in which the exchange names them.</summary>
internal sealed record SymbolRules
{
    public required long TickSize { get; init; }

    public required long PriceMin { get; init; }

    public required long PriceMax { get; init; }

    public required long StepSize { get; init; }

    public required long QuantityMin { get; init; }

    public required long QuantityMax { get; init; }

    public required long MarketQuantityMax { get; init; }

    public long MarketQuantityMin { get; init; }

    /// <summary>0, the usual value, switches the check off.</summary>
    public long MarketStepSize { get; init; }

    /// <summary>How far from the average price a limit price may lie, as multipliers.</summary>
    public long PriceMultiplierUp { get; init; } = Amount.Of("5");

    public long PriceMultiplierDown { get; init; } = Amount.Of("0.2");

    public int AveragePriceMinutes { get; init; } = 5;

    public long NotionalMin { get; init; } = Amount.Of("5");

    public long NotionalMax { get; init; } = Amount.Of("9000000");

    public int OpenOrdersMax { get; init; } = 200;

    /// <summary>How often an order may be made smaller in place.</summary>
    public int OrderAmendmentsMax { get; init; } = 10;

    /// <summary>Price, quantity and notional of an order against the symbol's filters.</summary>
    /// <param name="averagePrice">0 when nothing is known; then what needs it is not checked.</param>
    public RefusalReason Check(
        OrderType type, long price, long quantity, long quoteQuantity, long averagePrice)
    {
        if (type != OrderType.Market)
        {
            if (price < PriceMin || price > PriceMax || price % TickSize != 0)
            {
                return RefusalReason.PriceFilter;
            }

            if (IsFarFrom(averagePrice, price))
            {
                return RefusalReason.PercentPriceBySide;
            }
        }

        if (quoteQuantity > 0)
        {
            return quoteQuantity < NotionalMin ? RefusalReason.Notional : RefusalReason.None;
        }

        if (quantity < QuantityMin || quantity > QuantityMax || quantity % StepSize != 0)
        {
            return RefusalReason.LotSize;
        }

        if (type == OrderType.Market && BreaksMarketLotSize(quantity))
        {
            return RefusalReason.MarketLotSize;
        }

        return BreaksNotional(type, price, quantity, averagePrice)
            ? RefusalReason.Notional
            : RefusalReason.None;
    }

    private bool IsFarFrom(long averagePrice, long price) => averagePrice > 0
        && ((Int128)price * Amount.One > (Int128)averagePrice * PriceMultiplierUp
            || (Int128)price * Amount.One < (Int128)averagePrice * PriceMultiplierDown);

    private bool BreaksMarketLotSize(long quantity) =>
        quantity < MarketQuantityMin
        || quantity > MarketQuantityMax
        || (MarketStepSize > 0 && quantity % MarketStepSize != 0);

    private bool BreaksNotional(OrderType type, long price, long quantity, long averagePrice)
    {
        bool isMarket = type == OrderType.Market;
        Int128 notional = (Int128)(isMarket ? averagePrice : price) * quantity;
        return isMarket
            ? averagePrice > 0 && notional < (Int128)NotionalMin * Amount.One
            : notional < (Int128)NotionalMin * Amount.One || notional > (Int128)NotionalMax * Amount.One;
    }
}
