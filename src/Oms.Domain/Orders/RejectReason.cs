namespace Oms.Domain.Orders;

/// <summary>
/// The closed list of reasons for which an order or a cancel is refused, by us or by the exchange.
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

    // Risk.
    ReferencePriceMissing = 30,
    ReferencePriceStale = 31,
    PriceOutsideCollar = 32,
    NotionalAboveLimit = 33,
    OpenOrdersAboveLimit = 34,
    InsufficientBalance = 35,

    // Capacity.
    OrderStoreFull = 50,
    ConnectorDown = 52,

    // Cancels.
    OrderUnknown = 60,
    OrderAlreadyFinal = 61,

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
