namespace Oms.EndToEnd;

internal sealed record SimulatorOrder(
    string Account,
    long OrderId,
    string ClientOrderId,
    string Status,
    decimal Quantity,
    decimal ExecutedQuantity);
