using System.Collections.Immutable;
using Oms.Domain.Instruments;
using Oms.Domain.Orders;

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

    /// <summary>Received less paid, in the quote asset.</summary>
    [Id(8)]
    public decimal Funding { get; init; }

    [Id(9)]
    public PositionSide PositionSide { get; init; }

    /// <summary>Of one unit of what is open, at average cost, in the quote asset; null when flat.</summary>
    [Id(10)]
    public decimal? AverageCost { get; init; }

    /// <summary>First in, first out, in the quote asset, fees not included.</summary>
    [Id(11)]
    public decimal FifoRealizedPnl { get; init; }

    /// <summary>Of one unit of what is open, first in, first out, in the quote asset; null when flat.</summary>
    [Id(12)]
    public decimal? FifoCost { get; init; }

    /// <summary>What is open, the oldest first.</summary>
    [Id(13)]
    public ImmutableArray<LotView> Lots { get; init; } = [];

    /// <summary>What closing at the best opposite price would add; null without a valid book.</summary>
    [Id(14)]
    public decimal? UnrealizedPnl { get; init; }

    /// <summary>The price that <see cref="UnrealizedPnl"/> took; null without a valid book.</summary>
    [Id(15)]
    public NamedPrice? MarkedAt { get; init; }
}
