using Oms.Domain.Instruments;
using Oms.Domain.Orders;

namespace Oms.Grains.Positions;

/// <summary>What an account gained or lost in an instrument up to the event of this sequence.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.PositionUpdate")]
public sealed record PositionUpdate
{
    [Id(0)]
    public required long Sequence { get; init; }

    [Id(1)]
    public required long UnixNanos { get; init; }

    [Id(2)]
    public required Market Market { get; init; }

    [Id(3)]
    public required string Symbol { get; init; }

    /// <summary>In the base asset; negative when short.</summary>
    [Id(4)]
    public required decimal Quantity { get; init; }

    /// <summary>Cost of what is open, in the quote asset, signed as the quantity.</summary>
    [Id(5)]
    public required decimal OpenNotional { get; init; }

    /// <summary>In the quote asset, fees not included.</summary>
    [Id(6)]
    public required decimal RealizedPnl { get; init; }

    [Id(7)]
    public required decimal QuoteFees { get; init; }

    [Id(8)]
    public required decimal BaseFees { get; init; }

    /// <summary>Received less paid, in the quote asset.</summary>
    [Id(9)]
    public decimal Funding { get; init; }

    [Id(10)]
    public PositionSide PositionSide { get; init; }
}
