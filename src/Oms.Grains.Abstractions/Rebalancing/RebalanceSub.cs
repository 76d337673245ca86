using Oms.Domain.Instruments;

namespace Oms.Grains.Rebalancing;

/// <summary>A sub-account of a family.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.RebalanceSub")]
public sealed record RebalanceSub
{
    /// <summary><c>exchange/account</c>.</summary>
    [Id(0)]
    public required string Account { get; init; }

    /// <summary>Those that are enabled: money goes to the wallet of the first.</summary>
    [Id(1)]
    public required MarketFlags Markets { get; init; }

    /// <summary>What it may have of the asset; null where nothing says so.</summary>
    [Id(2)]
    public required decimal? BalanceMax { get; init; }

    /// <summary>What all it has may be worth; null where nothing says so. Without either it is given nothing.</summary>
    [Id(3)]
    public required decimal? WorthMax { get; init; }
}
