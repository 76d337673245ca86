using System.Collections.Immutable;

namespace Oms.Grains.Positions;

/// <summary>
/// How positions changed from one sequence of the account to another, and nothing else did in between.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.PositionBatch")]
public sealed record PositionBatch
{
    /// <summary>Of the account's first event that the batch covers.</summary>
    [Id(0)]
    public required long FirstSequence { get; init; }

    /// <summary>Of the last; events without interest to this grain count too.</summary>
    [Id(1)]
    public required long LastSequence { get; init; }

    [Id(2)]
    public required ImmutableArray<PositionUpdate> Positions { get; init; }

    [Id(3)]
    public ImmutableArray<FillUpdate> Fills { get; init; } = [];
}
