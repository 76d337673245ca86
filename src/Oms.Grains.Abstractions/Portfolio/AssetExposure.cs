using System.Collections.Immutable;

namespace Oms.Grains.Portfolio;

/// <summary>What all accounts together hold and owe of an asset.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.AssetExposure")]
public sealed record AssetExposure
{
    [Id(0)]
    public required string Asset { get; init; }

    /// <summary>Balances of all wallets, what is reserved and in transit included.</summary>
    [Id(1)]
    public required decimal Held { get; init; }

    /// <summary>Net position of futures on it.</summary>
    [Id(2)]
    public required decimal Derivatives { get; init; }

    /// <summary>Both together.</summary>
    [Id(3)]
    public required decimal Net { get; init; }

    /// <summary>In the currency; null where no price is known.</summary>
    [Id(4)]
    public decimal? Value { get; init; }

    /// <summary>Not flat, by account.</summary>
    [Id(5)]
    public required ImmutableArray<AccountShare> Accounts { get; init; }
}
