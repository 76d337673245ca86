using System.Collections.Immutable;

namespace Oms.Grains.Risk;

/// <summary>All limits and halts.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.PolicyView")]
public sealed record PolicyView
{
    /// <summary>Of the last event applied; 0 for none.</summary>
    [Id(0)]
    public required long LastLogSequence { get; init; }

    /// <summary>The firm, then groups, then accounts, each by name.</summary>
    [Id(1)]
    public required ImmutableArray<LimitView> Limits { get; init; }

    /// <summary>In force.</summary>
    [Id(2)]
    public required ImmutableArray<HaltView> Halts { get; init; }
}
