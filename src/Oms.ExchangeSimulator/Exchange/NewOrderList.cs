namespace Oms.ExchangeSimulator.Exchange;

/// <summary>A list of orders as a client asks for it, the working one first where there is one.</summary>
/// <param name="ListClientOrderId">Null where the exchange shall make one.</param>
internal sealed record NewOrderList(
    Account Account,
    Market Market,
    string? ListClientOrderId,
    ContingencyType Contingency,
    IReadOnlyList<NewOrder> Orders);
