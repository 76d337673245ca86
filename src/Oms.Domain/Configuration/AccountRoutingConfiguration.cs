using System.Collections.Frozen;

namespace Oms.Domain.Configuration;

/// <summary>
/// Which account a strategy trades on, and how balances are spread: <c>account_routing</c>.
/// </summary>
public sealed record AccountRoutingConfiguration
{
    public const decimal RebalanceTransferMinUsdtStandard = 10;

    public required string Default { get; init; }

    /// <summary>Account by strategy.</summary>
    public required FrozenDictionary<string, string> Strategies { get; init; }

    public decimal? MainBalanceMinUsdt { get; init; }

    public decimal? SubBalanceMaxUsdt { get; init; }

    /// <summary>Balances are not spread in smaller amounts.</summary>
    public decimal RebalanceTransferMinUsdt { get; init; } = RebalanceTransferMinUsdtStandard;

    public RebalanceConfiguration? Rebalance { get; init; }
}
