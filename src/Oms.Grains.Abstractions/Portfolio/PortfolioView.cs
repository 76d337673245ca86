using System.Collections.Immutable;

namespace Oms.Grains.Portfolio;

/// <summary>All accounts and exchanges together.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.PortfolioView")]
public sealed record PortfolioView
{
    /// <summary>What every value is stated in.</summary>
    [Id(0)]
    public required string Currency { get; init; }

    /// <summary>When it was put together.</summary>
    [Id(1)]
    public required long UnixNanos { get; init; }

    [Id(2)]
    public required decimal Equity { get; init; }

    [Id(3)]
    public required decimal RealizedPnl { get; init; }

    [Id(4)]
    public required decimal UnrealizedPnl { get; init; }

    [Id(5)]
    public required decimal Fees { get; init; }

    [Id(6)]
    public required decimal Funding { get; init; }

    /// <summary>By name.</summary>
    [Id(7)]
    public required ImmutableArray<PortfolioAccount> Accounts { get; init; }

    /// <summary>By asset.</summary>
    [Id(8)]
    public required ImmutableArray<AssetExposure> Exposures { get; init; }

    /// <summary>By asset.</summary>
    [Id(9)]
    public required ImmutableArray<Hedge> Hedges { get; init; }

    /// <summary>What one unit of an asset is worth in the currency, by asset.</summary>
    [Id(10)]
    public required ImmutableSortedDictionary<string, NamedPrice> Prices { get; init; }

    /// <summary>Assets that are held and have no price.</summary>
    [Id(11)]
    public required ImmutableArray<string> Unpriced { get; init; }
}
