using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>What exchangeInfo promises and the gateways enforce.</summary>
internal readonly record struct RateLimitSettings(int WeightPerMinute, OrderCountLimits Orders)
{
    public const int RawRequestsPer5Minutes = 300_000;
}
