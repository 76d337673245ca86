using Oms.Domain.Instruments;

namespace Oms.Domain.Configuration;

/// <summary>
/// An instrument that is traded at an exchange. Its decimals never change: other decimals are another
/// instrument.
/// </summary>
public sealed record ListingConfiguration
{
    /// <summary><c>BASE/QUOTE</c>.</summary>
    public required string Symbol { get; init; }

    public required Market Market { get; init; }

    /// <summary>The exchange's string.</summary>
    public required string ExchangeSymbol { get; init; }

    public required string BaseAsset { get; init; }

    public required string QuoteAsset { get; init; }

    public required int PriceDecimals { get; init; }

    public required int QuantityDecimals { get; init; }

    /// <summary>Where orders are matched here: the price before the first trade.</summary>
    public decimal? OpeningPrice { get; init; }

    /// <summary>Where orders are matched here: of the notional, in 1/1,000,000; negative is a rebate.</summary>
    public int MakerFeePpm { get; init; }

    /// <inheritdoc cref="MakerFeePpm"/>
    public int TakerFeePpm { get; init; }
}
