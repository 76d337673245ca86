using Oms.Domain.Ids;

namespace Oms.Exchanges.Binance.Budget;

/// <summary>What a request takes of the budget.</summary>
/// <param name="Weight">What it costs its address.</param>
/// <param name="Orders">New orders that it makes.</param>
internal readonly record struct RequestClaim(RequestLane Lane, AccountId Account, int Weight, int Orders);
