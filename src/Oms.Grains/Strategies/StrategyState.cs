namespace Oms.Grains.Strategies;

/// <summary>What is stored of a strategy.</summary>
internal sealed record StrategyState
{
    public int Version { get; init; } = 1;

    /// <summary>What somebody said last; null where configuration decides.</summary>
    public bool? IsWanted { get; init; }
}
