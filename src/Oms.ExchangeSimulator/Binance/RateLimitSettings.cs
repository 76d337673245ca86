using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>What exchangeInfo promises and the gateways enforce.</summary>
internal readonly record struct RateLimitSettings(int WeightPerMinute, OrderCountLimits Orders)
{
    public const int RawRequestsPer5Minutes = 300_000;

    /// <summary>Those of futures: fills give nothing back there.</summary>
    public static RateLimitSettings Futures { get; } = new(2_400, new OrderCountLimits(300, 1_200)
    {
        LongWindowMs = OrderCountLimits.MinuteMs, DoFillsGiveBack = false,
    });
}
