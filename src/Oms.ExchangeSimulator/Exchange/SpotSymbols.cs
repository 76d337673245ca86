namespace Oms.ExchangeSimulator.Exchange;

/// <summary>What is listed on the spot market.</summary>
internal static class SpotSymbols
{
    /// <summary>At which depth is published.</summary>
    public static IReadOnlyList<DepthSpeed> DepthSpeeds { get; } = [DepthSpeed.Every100Ms, DepthSpeed.Every1000Ms];

    /// <summary>
    /// The symbols of this exchange. Tick, step, smallest notional and most open orders are the real ones;
    /// the other bounds are of a plausible size.
    /// </summary>
    public static IReadOnlyList<ListedSymbol> All { get; } =
    [
        new("BTCUSDT", "BTC", "USDT", new SymbolRules
        {
            TickSize = Amount.Of("0.01"),
            PriceMin = Amount.Of("0.01"),
            PriceMax = Amount.Of("1000000"),
            StepSize = Amount.Of("0.00001"),
            QuantityMin = Amount.Of("0.00001"),
            QuantityMax = Amount.Of("9000"),
            MarketQuantityMax = Amount.Of("76.67834263"),
        }),
        new("ETHUSDT", "ETH", "USDT", new SymbolRules
        {
            TickSize = Amount.Of("0.01"),
            PriceMin = Amount.Of("0.01"),
            PriceMax = Amount.Of("1000000"),
            StepSize = Amount.Of("0.0001"),
            QuantityMin = Amount.Of("0.0001"),
            QuantityMax = Amount.Of("9000"),
            MarketQuantityMax = Amount.Of("1958.44872916"),
        }),
    ];
}
