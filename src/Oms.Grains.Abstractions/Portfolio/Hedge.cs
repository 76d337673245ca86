using System.Collections.Immutable;

namespace Oms.Grains.Portfolio;

/// <summary>Opposite positions in an asset of different accounts.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.Hedge")]
public sealed record Hedge
{
    [Id(0)]
    public required string Asset { get; init; }

    /// <summary>By account.</summary>
    [Id(1)]
    public required ImmutableArray<AccountShare> Longs { get; init; }

    /// <summary>By account; quantities are negative.</summary>
    [Id(2)]
    public required ImmutableArray<AccountShare> Shorts { get; init; }

    /// <summary>What the ones have that the others take back, in the asset.</summary>
    [Id(3)]
    public required decimal Hedged { get; init; }

    /// <summary>What is left of all of them; negative when short.</summary>
    [Id(4)]
    public required decimal Net { get; init; }

    /// <summary>In the currency; null where no price is known.</summary>
    [Id(5)]
    public decimal? HedgedValue { get; init; }
}
