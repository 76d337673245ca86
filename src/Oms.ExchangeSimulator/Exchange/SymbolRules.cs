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

    /// <summary>Of conditional orders, waiting or not.</summary>
    public int OpenAlgoOrdersMax { get; init; } = 5;

    public int OpenListsMax { get; init; } = 20;

    /// <summary>Into how many parts an iceberg may break.</summary>
    public int IcebergPartsMax { get; init; } = 100;

    /// <summary>In basis points.</summary>
    public int TrailingDeltaMin { get; init; } = 10;

    public int TrailingDeltaMax { get; init; } = 2_000;

    /// <summary>How often an order may be made smaller in place.</summary>
    public int OrderAmendmentsMax { get; init; } = 10;

    /// <summary>Price, quantity and notional of an order against the symbol's filters.</summary>
    /// <param name="averagePrice">0 when nothing is known; then what needs it is not checked.</param>
    public RefusalReason Check(
        OrderType type, long price, long quantity, long quoteQuantity, long averagePrice)
    {
        if (OrderTypes.HasPrice(type))
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

        if (!OrderTypes.HasPrice(type) && BreaksMarketLotSize(quantity))
        {
            return RefusalReason.MarketLotSize;
        }

        return BreaksNotional(type, price, quantity, averagePrice)
            ? RefusalReason.Notional
            : RefusalReason.None;
    }

    /// <summary>What the filters say of a stop price, a trailing delta and an iceberg.</summary>
    public RefusalReason Check(SpotTerms terms, long quantity)
    {
        if (terms.StopPrice > 0
            && (terms.StopPrice < PriceMin || terms.StopPrice > PriceMax || terms.StopPrice % TickSize != 0))
        {
            return RefusalReason.PriceFilter;
        }

        if (terms.TrailingDelta > 0
            && (terms.TrailingDelta < TrailingDeltaMin || terms.TrailingDelta > TrailingDeltaMax))
        {
            return RefusalReason.TrailingDelta;
        }

        if (terms.IcebergQuantity == 0) return RefusalReason.None;
        if (terms.IcebergQuantity > quantity) return RefusalReason.IcebergExceedsQuantity;
        if (terms.IcebergQuantity < QuantityMin || terms.IcebergQuantity % StepSize != 0) return RefusalReason.LotSize;
        return (quantity + terms.IcebergQuantity - 1) / terms.IcebergQuantity > IcebergPartsMax
            ? RefusalReason.IcebergParts
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
        bool isMarket = !OrderTypes.HasPrice(type);
        Int128 notional = (Int128)(isMarket ? averagePrice : price) * quantity;
        return isMarket
            ? averagePrice > 0 && notional < (Int128)NotionalMin * Amount.One
            : notional < (Int128)NotionalMin * Amount.One || notional > (Int128)NotionalMax * Amount.One;
    }
}
