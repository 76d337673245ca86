namespace Oms.ExchangeSimulator.Judge;

/// <summary>What a kind of fault takes beside its name, and what of it must be there.</summary>
internal sealed record FaultRule(FaultKind Kind, IReadOnlyList<string> Takes, IReadOnlyList<string> Needs);
