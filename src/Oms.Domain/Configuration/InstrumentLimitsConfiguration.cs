using Oms.Domain.Accounts;

namespace Oms.Domain.Configuration;

/// <summary>Limits of one instrument of one account; what is null is not limited.</summary>
public sealed record InstrumentLimitsConfiguration
{
    public required AccountName Account { get; init; }

    /// <summary><c>BASE/QUOTE</c>.</summary>
    public required string Symbol { get; init; }

    /// <summary>Largest quantity of one order, in the base asset.</summary>
    public decimal? OrderQuantityMax { get; init; }

    /// <summary>Largest notional of one order, in the quote asset.</summary>
    public decimal? OrderNotionalMax { get; init; }

    /// <summary>Largest position at worst, in the base asset.</summary>
    public decimal? PositionQuantityMax { get; init; }

    /// <summary>What the position may be worth at worst, in the valuation asset.</summary>
    public decimal? PositionValueMax { get; init; }
}
