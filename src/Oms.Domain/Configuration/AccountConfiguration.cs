using System.Collections.Frozen;
using System.Net;
using Oms.Domain.Accounts;
using Oms.Domain.Instruments;

namespace Oms.Domain.Configuration;

/// <summary>An account of <c>configs/accounts.yaml</c>.</summary>
public sealed record AccountConfiguration
{
    public required AccountName Name { get; init; }

    public required AccountType Type { get; init; }

    /// <summary>The main account of a sub-account, by its name within the exchange.</summary>
    public string? Parent { get; init; }

    /// <summary>
    /// Accounts of the same group never trade with each other: by default a main account with its
    /// sub-accounts. Group names hold over all exchanges.
    /// </summary>
    public required string OwnerGroup { get; init; }

    /// <summary>Where orders are matched here: what the account starts with, by asset.</summary>
    public required FrozenDictionary<string, decimal> OpeningBalances { get; init; }

    /// <summary>
    /// Where Vault has the exchange keys; null for <c>exchanges/{exchange}_{market}_{account}</c>. A name
    /// without a slash lies under <c>exchanges/</c>, any other is a path within the mount.
    /// </summary>
    public string? KeyPath { get; init; }

    /// <summary>
    /// The address of this host from which the account speaks to its exchange, which limits requests by address; null
    /// for whichever the system takes.
    /// </summary>
    public IPAddress? Source { get; init; }

    public required MarketFlags Markets { get; init; }

    public string? Strategy { get; init; }

    public decimal? BalanceMaxUsdt { get; init; }

    public decimal? LeverageMax { get; init; }

    public decimal? PositionMaxUsdt { get; init; }

    /// <summary>
    /// Whether futures positions are long and short side by side (hedge mode) or one; null leaves the account as it is.
    /// </summary>
    public bool? IsHedged { get; init; }

    /// <summary>
    /// Whether each futures position has a margin of its own (isolated) or all share the wallet (cross); null leaves
    /// the account as it is.
    /// </summary>
    public bool? IsIsolated { get; init; }
}
