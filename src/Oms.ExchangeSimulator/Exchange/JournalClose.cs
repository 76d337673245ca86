namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The end of an order that was not filled, as the journal keeps it.</summary>
internal sealed record JournalClose(
    long OrderId, OrderState State, ExpiryReason Reason, long PreventedQuantity);
