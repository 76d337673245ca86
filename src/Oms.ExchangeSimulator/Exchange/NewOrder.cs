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
    SelfTradePrevention SelfTradePrevention)
{
    /// <summary>Null on the spot market.</summary>
    public FuturesTerms? Futures { get; init; }

    /// <summary>Of the spot market.</summary>
    public SpotTerms Terms { get; init; } = SpotTerms.None;

    /// <summary>Whether it waits for the working order of its list.</summary>
    public bool IsPending { get; init; }

    public bool HasPrice => OrderTypes.HasPrice(Type);

    public bool IsConditional => OrderTypes.IsConditional(Type);

    /// <summary>The order as the exchange accepted it.</summary>
    public ClientOrder Accepted(long orderId, long nowMs) => new()
    {
        Account = Account,
        Market = Market,
        OrderId = orderId,
        ClientOrderId = ClientOrderId ?? $"exchange-{orderId}",
        Side = Side,
        Type = Type,
        TimeInForce = TimeInForce,
        Price = Price,
        Quantity = Quantity,
        QuoteQuantity = QuoteQuantity,
        SelfTradePrevention = SelfTradePrevention,
        Futures = Futures,
        Terms = Terms,
        StartsPending = IsPending,
        CreatedMs = nowMs,
    };
}
