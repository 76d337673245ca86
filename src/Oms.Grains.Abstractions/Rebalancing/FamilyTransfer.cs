using Oms.Grains.Transfers;

namespace Oms.Grains.Rebalancing;

/// <summary>What happened to a transfer between accounts of a family.</summary>
/// <param name="Id">The client's id of the transfer.</param>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.FamilyTransfer")]
public sealed record FamilyTransfer([property: Id(0)] string Id, [property: Id(1)] TransferUpdate Update);
