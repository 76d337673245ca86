using Oms.Domain.Instruments;
using Oms.Domain.Orders;

namespace Oms.Grains.Positions;

/// <summary>A fill of an account, with the event of this sequence.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.FillUpdate")]
public sealed record FillUpdate
{
    [Id(0)]
    public required long Sequence { get; init; }

    [Id(1)]
    public required long UnixNanos { get; init; }

    [Id(2)]
    public required Market Market { get; init; }

    [Id(3)]
    public required string Symbol { get; init; }

    [Id(4)]
    public required PositionSide PositionSide { get; init; }

    /// <summary>In the base asset; negative when sold.</summary>
    [Id(5)]
    public required decimal Quantity { get; init; }

    /// <summary>In the quote asset.</summary>
    [Id(6)]
    public required decimal Price { get; init; }

    /// <summary>In the fee asset; negative is a rebate.</summary>
    [Id(7)]
    public required decimal Fee { get; init; }

    /// <summary>Empty where the exchange charged an asset that is not listed here.</summary>
    [Id(8)]
    public required string FeeAsset { get; init; }
}
