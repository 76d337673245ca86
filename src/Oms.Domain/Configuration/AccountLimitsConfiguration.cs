namespace Oms.Domain.Configuration;

/// <summary>Limits of an account; what is null is not limited, or is as for every account.</summary>
public sealed record AccountLimitsConfiguration
{
    /// <summary>Orders that live at once.</summary>
    public int? OpenOrdersMax { get; init; }

    /// <summary>New orders within any window of <see cref="OrderWindowMs"/>.</summary>
    public int? OrdersPerWindowMax { get; init; }

    public int? OrderWindowMs { get; init; }

    /// <summary>The same order under another id within this time is refused.</summary>
    public int? DuplicateWindowMs { get; init; }

    /// <summary>Largest notional of one order, in its quote asset.</summary>
    public decimal? OrderNotionalMax { get; init; }

    /// <summary>From midnight UTC, in the valuation asset.</summary>
    public decimal? LossMax { get; init; }

    /// <summary>These limits, and for what they leave open the others.</summary>
    public AccountLimitsConfiguration Over(AccountLimitsConfiguration others) => new()
    {
        OpenOrdersMax = OpenOrdersMax ?? others.OpenOrdersMax,
        OrdersPerWindowMax = OrdersPerWindowMax ?? others.OrdersPerWindowMax,
        OrderWindowMs = OrderWindowMs ?? others.OrderWindowMs,
        DuplicateWindowMs = DuplicateWindowMs ?? others.DuplicateWindowMs,
        OrderNotionalMax = OrderNotionalMax ?? others.OrderNotionalMax,
        LossMax = LossMax ?? others.LossMax,
    };
}
