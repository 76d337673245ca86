namespace Oms.ExchangeSimulator.Exchange;

/// <summary>One thing that happened to an order, with the order's state right after it.</summary>
/// <param name="Trade">Null unless it was a trade.</param>
/// <param name="ClientOrderId">As it was then.</param>
/// <param name="CancelClientOrderId">The id of the cancel request; null unless it was a cancel.</param>
/// <param name="Prevented">What it would have traded; null unless that was prevented.</param>
/// <param name="WorkingMs">Since when the order worked then; -1 before.</param>
/// <param name="PreviousClientOrderId">The order's id before; null unless it was made smaller.</param>
internal sealed record ExecutionReport(
    ClientOrder Order,
    ExecutionType Type,
    OrderState State,
    long ExecutionId,
    long ExecutedQuantity,
    long ExecutedQuote,
    long PreventedQuantity,
    ClientTrade? Trade,
    string ClientOrderId,
    string? CancelClientOrderId,
    string? PreviousClientOrderId,
    bool IsOnBook,
    PreventedMatch? Prevented,
    long WorkingMs,
    long TimeMs);
