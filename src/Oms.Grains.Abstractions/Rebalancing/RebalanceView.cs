using System.Collections.Immutable;

namespace Oms.Grains.Rebalancing;

/// <summary>A plan, and whether it is carried out.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.RebalanceView")]
public sealed record RebalanceView
{
    /// <summary>The main account of the family.</summary>
    [Id(0)]
    public required string Account { get; init; }

    /// <summary>Which run it is, ascending; 0 for a plan that is not carried out.</summary>
    [Id(1)]
    public required long RunId { get; init; }

    /// <summary>When it was made.</summary>
    [Id(2)]
    public required long UnixNanos { get; init; }

    /// <summary>Who wanted it: <c>schedule</c>, or a caller's name.</summary>
    [Id(3)]
    public required string By { get; init; }

    [Id(4)]
    public required string Asset { get; init; }

    /// <summary>The main account, then its sub-accounts.</summary>
    [Id(5)]
    public required ImmutableArray<RebalanceAccount> Accounts { get; init; }

    /// <summary>Collections first.</summary>
    [Id(6)]
    public required ImmutableArray<RebalanceMove> Moves { get; init; }

    /// <summary>Assets that are held and have no price: they counted as nothing.</summary>
    [Id(7)]
    public required ImmutableArray<string> Unpriced { get; init; }

    /// <summary>When the next run is due; 0 where none is.</summary>
    [Id(8)]
    public required long NextUnixNanos { get; init; }
}
