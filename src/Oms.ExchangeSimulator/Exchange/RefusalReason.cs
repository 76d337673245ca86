namespace Oms.ExchangeSimulator.Exchange;

/// <summary>
/// Why the exchange did not do as it was asked. The wire's code and text belong to the wire.
/// </summary>
internal enum RefusalReason : byte
{
    None,
    MarketClosed,
    PriceFilter,
    PercentPriceBySide,
    LotSize,
    MarketLotSize,
    Notional,
    MaxNumOrders,
    TooManyOrdersPer10Seconds,
    TooManyOrdersPerDay,
    DuplicateOrder,
    WouldTakeLiquidity,
    NoLiquidity,
    InsufficientBalance,
    UnknownOrder,
    CancelRestricted,
    ClientOrderIdMismatch,
    AmendUnknownOrder,
    AmendChangesNothing,
    AmendIncreases,
    AmendBelowExecuted,
    TooManyAmendments,
    TrailingDelta,
    IcebergParts,
    IcebergExceedsQuantity,
    MaxNumAlgoOrders,
    MaxNumOrderLists,
    WouldTrigger,
    ListPricesWrong,
    DuplicateTransfer,
    TransferNotAllowed,
    NothingToTransfer,
}
