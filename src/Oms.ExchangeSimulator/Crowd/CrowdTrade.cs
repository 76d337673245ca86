namespace Oms.ExchangeSimulator.Crowd;

/// <summary>A trade of the crowd.</summary>
internal sealed record CrowdTrade(
    long AtMs, long Price, long Quantity, bool IsSellerAggressor) : CrowdStep(AtMs);
