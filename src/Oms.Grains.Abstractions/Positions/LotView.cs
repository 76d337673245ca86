namespace Oms.Grains.Positions;

/// <summary>A part of a position that was opened at one price and is not closed yet.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.LotView")]
public sealed record LotView
{
    /// <summary>In the base asset; negative when short.</summary>
    [Id(0)]
    public required decimal Quantity { get; init; }

    /// <summary>In the quote asset.</summary>
    [Id(1)]
    public required decimal Price { get; init; }

    /// <summary>When it was opened.</summary>
    [Id(2)]
    public required long UnixNanos { get; init; }
}
