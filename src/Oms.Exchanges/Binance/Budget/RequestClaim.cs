using Oms.Domain.Ids;

namespace Oms.Exchanges.Binance.Budget;

/// <summary>What a request takes of the budget.</summary>
/// <param name="Weight">What it costs its address.</param>
/// <param name="Orders">New orders that it makes.</param>
internal readonly record struct RequestClaim(RequestLane Lane, AccountId Account, int Weight, int Orders)
{
    /// <summary>From this length on, a window counts the orders of a batch as one (USDⓈ-M futures, 2026-07).</summary>
    public const long BatchWindowMs = 60_000;

    /// <summary>Its orders come in one request.</summary>
    public bool IsBatch { get; init; }

    /// <summary>What a window of this length counts of its orders.</summary>
    public int OrdersIn(long windowMs) => IsBatch && windowMs >= BatchWindowMs ? Math.Min(Orders, 1) : Orders;
}
