using System.Collections.Immutable;

namespace Oms.Grains.Portfolio;

/// <summary>What is stored of a portfolio: whose it is.</summary>
internal sealed record PortfolioState
{
    public int Version { get; init; } = 1;

    /// <summary>By name.</summary>
    public ImmutableArray<string> Accounts { get; init; } = [];
}
