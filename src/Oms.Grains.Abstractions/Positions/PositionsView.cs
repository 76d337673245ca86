using System.Collections.Immutable;

namespace Oms.Grains.Positions;

/// <summary>The positions of an account as the events up to <see cref="LastSequence"/> left them.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.PositionsView")]
public sealed record PositionsView
{
    [Id(0)]
    public required string Account { get; init; }

    /// <summary>Of the stored state's shape.</summary>
    [Id(1)]
    public required int StateVersion { get; init; }

    /// <summary>Of the last event applied; 0 for none.</summary>
    [Id(2)]
    public required long LastSequence { get; init; }

    /// <summary>By market and symbol, flat ones included.</summary>
    [Id(3)]
    public required ImmutableArray<PositionView> Positions { get; init; }

    /// <summary>By day, the newest first, then as the positions; the last two months.</summary>
    [Id(4)]
    public ImmutableArray<DayView> Days { get; init; } = [];
}
