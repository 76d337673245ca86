namespace Oms.ExchangeSimulator.Exchange;

/// <summary>An amendment as a client asks for it, by either id or both.</summary>
/// <param name="NewClientOrderId">Null where the exchange shall make one.</param>
internal sealed record ReduceOrder(
    Account Account,
    Market Market,
    long? OrderId,
    string? ClientOrderId,
    string? NewClientOrderId,
    long NewQuantity);
