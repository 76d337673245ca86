namespace Oms.Domain.Orders;

/// <summary>
/// The closed list of reasons for which an order, a change or a cancel is refused, by us or by the exchange.
/// </summary>
public enum RejectReason : ushort
{
    None = 0,

    // Who and where.
    AccountUnknown = 1,
    MarketNotEnabled = 2,
    AccountNotReady = 3,
    InstrumentUnknown = 4,
    InstrumentNotTradable = 5,

    /// <summary>The command waited so long that its sender no longer waits for it.</summary>
    CommandTooOld = 6,

    /// <summary>The account, its exchange or the firm is halted: only reduce-only orders and cancels pass.</summary>
    Halted = 7,

    // The order itself.
    DuplicateClientOrderId = 10,
    TimeInForceNotAllowed = 11,
    PriceNotPositive = 12,
    PriceOffTick = 13,
    QuantityNotPositive = 14,
    QuantityOffLot = 15,
    QuantityBelowMin = 16,
    QuantityAboveMax = 17,
    NotionalBelowMin = 18,

    /// <summary>Its terms contradict each other or mean nothing for this instrument.</summary>
    TermsContradictory = 19,

    /// <summary>The price it waits for is not known, or was reached before the order came.</summary>
    WouldTriggerAtOnce = 20,

    /// <summary>The expiry is not in the future.</summary>
    ExpiryNotInFuture = 21,

    /// <summary>A reduce-only order that would open, enlarge or turn a position.</summary>
    WouldIncreasePosition = 22,

    /// <summary>A post-only order that would trade at once.</summary>
    WouldTrade = 23,

    /// <summary>A fill-or-kill order for which there is not enough.</summary>
    NotFillable = 24,

    /// <summary>The legs of a list do not belong together.</summary>
    ListMalformed = 25,

    // Risk.
    ReferencePriceMissing = 30,
    ReferencePriceStale = 31,
    PriceOutsideCollar = 32,
    NotionalAboveLimit = 33,
    OpenOrdersAboveLimit = 34,
    InsufficientBalance = 35,
    QuantityAboveLimit = 36,
    PositionAboveLimit = 37,

    /// <summary><c>max_position_usdt</c>: what the account's positions and orders are worth at worst.</summary>
    PositionValueAboveLimit = 38,

    /// <summary><c>max_balance_usdt</c>: what the account holds is worth more than it may.</summary>
    BalanceValueAboveLimit = 39,
    LeverageAboveLimit = 40,
    OrderRateAboveLimit = 41,

    /// <summary>The same order was placed an instant ago under another id.</summary>
    DuplicateOrder = 42,

    /// <summary>The account lost more today than it may.</summary>
    LossAboveLimit = 43,
    GroupValueAboveLimit = 44,
    FirmValueAboveLimit = 45,

    /// <summary>It would trade with another order of the same owner.</summary>
    SelfTrade = 46,

    /// <summary>A limit in a common currency is set, and an asset's price in it is not known.</summary>
    ValuationMissing = 47,

    // Capacity.
    OrderStoreFull = 50,
    ConnectorDown = 52,

    /// <summary>The disk does not take what the log holds: new orders wait until it does.</summary>
    LogBehind = 53,

    // Cancels and changes.
    OrderUnknown = 60,
    OrderAlreadyFinal = 61,

    /// <summary>The exchange does not change orders of this kind, or this one now.</summary>
    ReplaceNotPossible = 62,

    // Transfers.
    AssetUnknown = 70,
    AmountNotPositive = 71,

    /// <summary>From a wallet to itself, to another exchange, or to a wallet that the account does not have.</summary>
    TransferNotPossible = 72,

    /// <summary>The id is that of a transfer of something else.</summary>
    DuplicateClientTransferId = 73,

    /// <summary>So old that its id may have been forgotten: it may have taken place.</summary>
    TransferTooOld = 74,
    TransferStoreFull = 75,

    // The exchange's answers.
    ExchangeInsufficientBalance = 80,
    ExchangeFilterFailed = 81,
    ExchangeRateLimited = 82,
    ExchangeKeyRefused = 83,
    ExchangeClockOutsideWindow = 84,
    ExchangeOrderUnknown = 85,
    ExchangeRefused = 86,
    ExchangeOverloaded = 87,

    /// <summary>Evidence proves that the order never reached the exchange.</summary>
    NeverReachedExchange = 88,
}
