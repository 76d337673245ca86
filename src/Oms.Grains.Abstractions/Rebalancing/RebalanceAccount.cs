namespace Oms.Grains.Rebalancing;

/// <summary>An account as a plan was made for it; amounts in the plan's asset.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.RebalanceAccount")]
public sealed record RebalanceAccount
{
    [Id(0)]
    public required string Account { get; init; }

    /// <summary>Its balance of the asset, in all wallets; of a main account, in that of spot.</summary>
    [Id(1)]
    public required decimal Held { get; init; }

    /// <summary>Of the asset; what may be moved.</summary>
    [Id(2)]
    public required decimal Free { get; init; }

    /// <summary>On its way to the account.</summary>
    [Id(3)]
    public required decimal Coming { get; init; }

    /// <summary>Asked for, or on its way from the account.</summary>
    [Id(4)]
    public required decimal Leaving { get; init; }

    /// <summary>What a main account keeps of the asset, or a sub-account may have of it; null for none.</summary>
    [Id(5)]
    public required decimal? Bound { get; init; }

    /// <summary>Why nothing is moved from or to it; empty where it may.</summary>
    [Id(6)]
    public required string Problem { get; init; }

    /// <summary>Of all it has.</summary>
    [Id(7)]
    public required decimal Worth { get; init; }

    /// <summary>What all it has may be worth; null for none.</summary>
    [Id(8)]
    public required decimal? WorthMax { get; init; }
}
