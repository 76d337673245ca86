namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Why an order's remainder expired.</summary>
internal enum ExpiryReason : byte
{
    None,
    UnfilledImmediateOrCancel,
    UnfilledFillOrKill,
    InsufficientLiquidity,

    /// <summary>It may only reduce a position that no longer leaves it anything to reduce.</summary>
    NothingToReduce,

    /// <summary>Its account was liquidated.</summary>
    AccountLiquidated,

    /// <summary>Its good-till date is past.</summary>
    GoodTillDatePast,

    /// <summary>Its symbol is traded no more.</summary>
    Delisted,
}
