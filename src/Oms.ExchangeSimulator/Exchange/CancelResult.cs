namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The answer to a cancel: the canceled order and the cancel's own id, or a reason.</summary>
/// <param name="Order">Null when refused.</param>
internal readonly record struct CancelResult(
    RefusalReason Refusal, ClientOrder? Order, string CancelClientOrderId);
