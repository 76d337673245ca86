namespace Oms.ExchangeSimulator.Exchange;

/// <summary>A cancel as a client asks for it, by either id or both.</summary>
internal sealed record CancelOrder(
    Account Account,
    Market Market,
    long? OrderId,
    string? ClientOrderId,
    string? CancelClientOrderId,
    CancelRestriction Restriction);
