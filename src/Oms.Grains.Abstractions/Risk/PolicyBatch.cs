using System.Collections.Immutable;

namespace Oms.Grains.Risk;

/// <summary>
/// What happened to limits and halts from one event of the log to another, and nothing else did in between.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.PolicyBatch")]
public sealed record PolicyBatch
{
    [Id(0)]
    public required long FirstLogSequence { get; init; }

    [Id(1)]
    public required long LastLogSequence { get; init; }

    [Id(2)]
    public required ImmutableArray<HaltUpdate> Halts { get; init; }

    [Id(3)]
    public required ImmutableArray<LimitsConfirmed> Limits { get; init; }
}
