namespace Oms.ExchangeSimulator.Crowd;

/// <summary>The levels that the crowd changed.</summary>
internal sealed record CrowdDiff(long AtMs, IReadOnlyList<CrowdLevel> Levels) : CrowdStep(AtMs);
