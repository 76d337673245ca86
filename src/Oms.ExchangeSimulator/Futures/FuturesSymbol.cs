using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>A perpetual contract and its rules.</summary>
internal sealed record FuturesSymbol(
    ListedSymbol Listed, int PricePrecision, int QuantityPrecision, IReadOnlyList<LeverageBracket> Brackets)
{
    public const int LeverageDefault = 20;

    /// <summary>The contracts of this exchange: ticks, steps and smallest notionals are the real ones.</summary>
    public static IReadOnlyList<FuturesSymbol> All { get; } =
    [
        new(
            new ListedSymbol("BTCUSDT", "BTC", "USDT", new SymbolRules
            {
                TickSize = Amount.Of("0.10"),
                PriceMin = Amount.Of("556.80"),
                PriceMax = Amount.Of("4529764"),
                StepSize = Amount.Of("0.001"),
                QuantityMin = Amount.Of("0.001"),
                QuantityMax = Amount.Of("1000"),
                MarketQuantityMax = Amount.Of("120"),
                MarketQuantityMin = Amount.Of("0.001"),
                MarketStepSize = Amount.Of("0.001"),
                PriceMultiplierUp = Amount.Of("1.05"),
                PriceMultiplierDown = Amount.Of("0.95"),
                NotionalMin = Amount.Of("100"),
            }),
            PricePrecision: 2,
            QuantityPrecision: 3,
            Tiers(
                (125, "300000", "0.004"), (100, "800000", "0.005"), (75, "3000000", "0.0065"),
                (50, "12000000", "0.01"), (25, "70000000", "0.02"), (20, "100000000", "0.025"),
                (10, "230000000", "0.05"), (5, "480000000", "0.1"), (1, "1800000000", "0.5"))),
        new(
            new ListedSymbol("ETHUSDT", "ETH", "USDT", new SymbolRules
            {
                TickSize = Amount.Of("0.01"),
                PriceMin = Amount.Of("39.86"),
                PriceMax = Amount.Of("306177"),
                StepSize = Amount.Of("0.001"),
                QuantityMin = Amount.Of("0.001"),
                QuantityMax = Amount.Of("10000"),
                MarketQuantityMax = Amount.Of("2000"),
                MarketQuantityMin = Amount.Of("0.001"),
                MarketStepSize = Amount.Of("0.001"),
                PriceMultiplierUp = Amount.Of("1.05"),
                PriceMultiplierDown = Amount.Of("0.95"),
                NotionalMin = Amount.Of("20"),
            }),
            PricePrecision: 2,
            QuantityPrecision: 3,
            Tiers(
                (125, "300000", "0.004"), (100, "800000", "0.005"), (75, "3000000", "0.0065"),
                (50, "12000000", "0.01"), (25, "50000000", "0.02"), (10, "150000000", "0.05"),
                (5, "300000000", "0.1"), (1, "1200000000", "0.5"))),
    ];

    /// <summary>At which depth is published.</summary>
    public static IReadOnlyList<DepthSpeed> DepthSpeeds { get; } =
        [DepthSpeed.Every100Ms, DepthSpeed.Every250Ms, DepthSpeed.Every500Ms];

    public int LeverageMax => Brackets[0].LeverageMax;

    /// <summary>The bracket of a notional; the last for what is above all.</summary>
    public LeverageBracket BracketOf(long notional) =>
        Brackets.FirstOrDefault(bracket => notional < bracket.NotionalCap) ?? Brackets[^1];

    /// <summary>The largest notional that a leverage allows.</summary>
    public long NotionalMaxAt(int leverage) =>
        Brackets.Last(bracket => bracket.LeverageMax >= Math.Min(leverage, LeverageMax)).NotionalCap;

    private static LeverageBracket[] Tiers(params ReadOnlySpan<(int Leverage, string Cap, string Ratio)> tiers)
    {
        var brackets = new LeverageBracket[tiers.Length];
        (long floor, long ratio, long cumulative) = (0, 0, 0);
        for (int index = 0; index < tiers.Length; index++)
        {
            long next = Amount.Of(tiers[index].Ratio);
            cumulative += index == 0 ? 0 : (long)((Int128)floor * (next - ratio) / Amount.One);
            ratio = next;
            long cap = Amount.Of(tiers[index].Cap);
            brackets[index] = new LeverageBracket(
                index + 1, tiers[index].Leverage, floor, cap, ratio, cumulative);
            floor = cap;
        }

        return brackets;
    }
}
