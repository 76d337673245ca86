using Oms.Grains.Transfers;

namespace Oms.Grains.Rebalancing;

/// <summary>A transfer of a family that is not final.</summary>
/// <param name="IsReserved">
/// Whether FastPath has said so: then it is in no free balance any more. Before that it may be.
/// </param>
internal sealed record UnderWayTransfer(TransferOrder Order, bool IsReserved);
