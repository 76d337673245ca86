namespace Oms.ExchangeSimulator.Crowd;

/// <summary>One move of the other participants.</summary>
/// <param name="AtMs">The source's own time; only differences matter.</param>
internal abstract record CrowdStep(long AtMs);
