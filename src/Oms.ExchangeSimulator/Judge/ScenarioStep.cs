namespace Oms.ExchangeSimulator.Judge;

/// <summary>Faults that are ordered together, so long or so many requests after the start.</summary>
internal sealed class ScenarioStep
{
    /// <summary>What it is called where it is shown.</summary>
    public string? Name { get; init; }

    /// <summary>Milliseconds after the start; either this or <see cref="AfterRequests"/>.</summary>
    public long? AfterMs { get; init; }

    /// <summary>Requests after the start, of whatever kind.</summary>
    public long? AfterRequests { get; init; }

    public required IReadOnlyList<FaultRequest> Faults { get; init; }
}
