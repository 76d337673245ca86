namespace Oms.ExchangeSimulator.Judge;

/// <summary>The filters of a symbol that become others, as decimals; what is absent stays.</summary>
internal sealed class FilterChange
{
    /// <summary>A multiple of the tick that the symbol was listed with: its book is kept in ticks of that.</summary>
    public string? TickSize { get; init; }

    public string? StepSize { get; init; }

    public string? MinQuantity { get; init; }

    public string? MaxQuantity { get; init; }

    public string? MinNotional { get; init; }

    /// <summary>Each by its name in JSON.</summary>
    public IEnumerable<(string Name, string? Value)> All() =>
    [
        ("tick_size", TickSize), ("step_size", StepSize), ("min_quantity", MinQuantity),
        ("max_quantity", MaxQuantity), ("min_notional", MinNotional),
    ];
}
