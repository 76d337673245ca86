using System.Collections.Frozen;

namespace Oms.Domain.Configuration;

/// <summary>
/// Which account a strategy trades on, and how balances are spread: <c>account_routing</c>.
/// </summary>
public sealed record AccountRoutingConfiguration
{
    public required string Default { get; init; }

    /// <summary>Account by strategy.</summary>
    public required FrozenDictionary<string, string> Strategies { get; init; }

    public decimal? MainBalanceMinUsdt { get; init; }

    public decimal? SubBalanceMaxUsdt { get; init; }

    public RebalanceConfiguration? Rebalance { get; init; }
}
