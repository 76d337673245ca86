namespace Oms.Grains.Strategies;

/// <summary>How a strategy is.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.StrategyView")]
public sealed record StrategyView
{
    [Id(0)]
    public required string Name { get; init; }

    [Id(1)]
    public required bool IsWanted { get; init; }

    [Id(2)]
    public required bool IsRunning { get; init; }

    /// <summary>Why it does not run although it is wanted; empty where it does.</summary>
    [Id(3)]
    public required string Problem { get; init; }

    [Id(4)]
    public required int LiveOrders { get; init; }

    [Id(5)]
    public required long OrdersPlaced { get; init; }

    [Id(6)]
    public required long Fills { get; init; }
}
