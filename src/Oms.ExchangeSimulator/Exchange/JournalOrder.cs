namespace Oms.ExchangeSimulator.Exchange;

/// <summary>An accepted order as the journal keeps it; amounts are mantissas at eight decimals.</summary>
internal sealed record JournalOrder(
    string Account,
    string Symbol,
    long OrderId,
    string ClientOrderId,
    OrderSide Side,
    OrderType Type,
    TimeInForce TimeInForce,
    long Price,
    long Quantity,
    long QuoteQuantity,
    SelfTradePrevention SelfTradePrevention,
    FuturesTerms? Futures = null,
    SpotTerms? Spot = null,
    long? OrderListId = null,
    bool? IsPending = null,
    bool? SharesReservation = null);
