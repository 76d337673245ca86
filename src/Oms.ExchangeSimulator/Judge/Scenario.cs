namespace Oms.ExchangeSimulator.Judge;

/// <summary>What goes wrong when, from a start on.</summary>
internal sealed class Scenario
{
    /// <summary>Of the dice of its faults.</summary>
    public int Seed { get; init; }

    public required IReadOnlyList<ScenarioStep> Steps { get; init; }
}
