namespace Oms.ExchangeSimulator.Crowd;

/// <summary>The crowd's whole book.</summary>
internal sealed record CrowdReset(long AtMs, IReadOnlyList<CrowdLevel> Levels) : CrowdStep(AtMs);
