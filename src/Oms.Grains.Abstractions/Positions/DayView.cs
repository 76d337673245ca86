using Oms.Domain.Instruments;
using Oms.Domain.Orders;
using System.Collections.Immutable;

namespace Oms.Grains.Positions;

/// <summary>What a day (UTC) brought in an instrument.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.DayView")]
public sealed record DayView
{
    [Id(0)]
    public required DateOnly Day { get; init; }

    [Id(1)]
    public required Market Market { get; init; }

    [Id(2)]
    public required string Symbol { get; init; }

    [Id(3)]
    public required PositionSide PositionSide { get; init; }

    /// <summary>At average cost, in the quote asset, fees not included.</summary>
    [Id(4)]
    public required decimal RealizedPnl { get; init; }

    /// <summary>First in, first out; likewise.</summary>
    [Id(5)]
    public required decimal FifoRealizedPnl { get; init; }

    [Id(6)]
    public required decimal QuoteFees { get; init; }

    [Id(7)]
    public required decimal BaseFees { get; init; }

    /// <summary>In other assets, by asset.</summary>
    [Id(8)]
    public required ImmutableSortedDictionary<string, decimal> OtherFees { get; init; }

    /// <summary>Received less paid, in the quote asset.</summary>
    [Id(9)]
    public required decimal Funding { get; init; }

    /// <summary>Bought and sold, in the quote asset.</summary>
    [Id(10)]
    public required decimal Turnover { get; init; }

    [Id(11)]
    public required int FillCount { get; init; }

    /// <summary>The position after the day's last event, in the base asset.</summary>
    [Id(12)]
    public required decimal ClosingQuantity { get; init; }
}
