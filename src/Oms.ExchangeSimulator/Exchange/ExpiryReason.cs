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

    /// <summary>The other of its pair began to trade.</summary>
    SiblingTraded,

    /// <summary>The order that it waited for ended without being filled.</summary>
    WorkingOrderEnded,

    /// <summary>It could not be paid for when its time came.</summary>
    RejectedUnpaid,

    /// <summary>It was to make only, and would have taken when its time came.</summary>
    RejectedWouldTake,

    /// <summary>It was to wait for its price, which had come already when its time came.</summary>
    RejectedWouldTrigger,
}
