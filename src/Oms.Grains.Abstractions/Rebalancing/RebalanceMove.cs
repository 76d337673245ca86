using Oms.Grains.Transfers;

namespace Oms.Grains.Rebalancing;

/// <summary>A transfer of a plan.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.RebalanceMove")]
public sealed record RebalanceMove
{
    [Id(0)]
    public required RebalancePurpose Purpose { get; init; }

    [Id(1)]
    public required TransferOrder Order { get; init; }

    /// <summary>The client's id of the transfer; empty in a plan that is not carried out.</summary>
    [Id(2)]
    public required string TransferId { get; init; }
}
