using Oms.Domain.Instruments;

namespace Oms.Grains.Positions;

/// <summary>What an account gained or lost in an instrument, as last known, and since when.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.PositionView")]
public sealed record PositionView
{
    [Id(0)]
    public required Market Market { get; init; }

    [Id(1)]
    public required string Symbol { get; init; }

    /// <summary>In the base asset; negative when short.</summary>
    [Id(2)]
    public required decimal Quantity { get; init; }

    /// <summary>Cost of what is open, in the quote asset, signed as the quantity.</summary>
    [Id(3)]
    public required decimal OpenNotional { get; init; }

    /// <summary>In the quote asset, fees not included.</summary>
    [Id(4)]
    public required decimal RealizedPnl { get; init; }

    [Id(5)]
    public required decimal QuoteFees { get; init; }

    [Id(6)]
    public required decimal BaseFees { get; init; }

    /// <summary>When FastPath last changed it.</summary>
    [Id(7)]
    public required long UnixNanos { get; init; }
}
