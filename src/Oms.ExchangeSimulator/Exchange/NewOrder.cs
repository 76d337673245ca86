namespace Oms.ExchangeSimulator.Exchange;

/// <summary>An order as a client asks for it.</summary>
/// <param name="ClientOrderId">Null where the exchange shall make one.</param>
/// <param name="Price">0 for a market order.</param>
/// <param name="Quantity">0 where <paramref name="QuoteQuantity"/> sizes the order.</param>
internal sealed record NewOrder(
    Account Account,
    Market Market,
    string? ClientOrderId,
    OrderSide Side,
    OrderType Type,
    TimeInForce TimeInForce,
    long Price,
    long Quantity,
    long QuoteQuantity,
    SelfTradePrevention SelfTradePrevention);
