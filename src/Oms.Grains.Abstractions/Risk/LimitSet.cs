namespace Oms.Grains.Risk;

/// <summary>Limits of an account, a group or the firm; null is no limit.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.LimitSet")]
public sealed record LimitSet
{
    /// <summary>Largest notional of one order, in its quote asset; of accounts only.</summary>
    [Id(0)]
    public decimal? OrderNotionalMax { get; init; }

    /// <summary>Orders that live at once; of accounts only.</summary>
    [Id(1)]
    public int? OpenOrdersMax { get; init; }

    /// <summary>New orders within any window of <see cref="OrderWindowMs"/>; of accounts only.</summary>
    [Id(2)]
    public int? OrdersPerWindowMax { get; init; }

    [Id(3)]
    public int? OrderWindowMs { get; init; }

    /// <summary>The same order under another id within this time is refused; of accounts only.</summary>
    [Id(4)]
    public int? DuplicateWindowMs { get; init; }

    /// <summary>Times, with at most 2 decimals; of accounts only.</summary>
    [Id(5)]
    public decimal? LeverageMax { get; init; }

    /// <summary>What all positions may be worth at worst, in the valuation asset.</summary>
    [Id(6)]
    public decimal? PositionValueMax { get; init; }

    /// <summary>What all that is held may be worth, in the valuation asset; of accounts only.</summary>
    [Id(7)]
    public decimal? BalanceValueMax { get; init; }

    /// <summary>From midnight UTC, in the valuation asset; of accounts only.</summary>
    [Id(8)]
    public decimal? LossMax { get; init; }
}
