using System.Collections.Immutable;

namespace Oms.Exchanges.Binance.Budget;

/// <summary>
/// What a market lets an address and an account send, as exchangeInfo says it; until then, as it is documented. Shared
/// by all addresses from which the market is reached.
/// </summary>
internal sealed class RateLimits(long weightPerMinute, ImmutableArray<OrderLimit> orders)
{
    private Values _values = new(weightPerMinute, orders);

    /// <summary>Weight that an address may use in a minute.</summary>
    public long WeightPerMinute => Volatile.Read(ref _values).WeightPerMinute;

    /// <summary>New orders that an account may send.</summary>
    public ImmutableArray<OrderLimit> Orders => Volatile.Read(ref _values).Orders;

    /// <summary>Those of spot (2026-07).</summary>
    public static RateLimits Spot() => new(6_000, [new(10_000, 50), new(86_400_000, 160_000)]);

    /// <summary>Those of USDⓈ-M futures (2026-07).</summary>
    public static RateLimits Futures() => new(2_400, [new(10_000, 300), new(60_000, 1_200)]);

    /// <summary>What is not named stays as it is.</summary>
    public void Take(IEnumerable<RestAnswer.RateLimit> limits)
    {
        (long weight, ImmutableArray<OrderLimit> orders) = _values;
        var named = ImmutableArray.CreateBuilder<OrderLimit>();
        foreach (RestAnswer.RateLimit limit in limits)
        {
            if (limit.Limit <= 0 || LimitWindow.LengthMs(limit.Interval, limit.IntervalNum) is not { } lengthMs)
            {
                continue;
            }

            if (limit.RateLimitType == "ORDERS")
            {
                named.Add(new(lengthMs, limit.Limit));
            }
            else if (limit.RateLimitType == "REQUEST_WEIGHT" && lengthMs == RequestBudget.WeightWindowMs)
            {
                weight = limit.Limit;
            }
        }

        Volatile.Write(ref _values, new(weight, named.Count == 0 ? orders : named.ToImmutable()));
    }

    private sealed record Values(long WeightPerMinute, ImmutableArray<OrderLimit> Orders);
}
