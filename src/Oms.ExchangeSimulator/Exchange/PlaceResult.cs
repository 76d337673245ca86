namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The answer to a new order: an order, or a reason.</summary>
/// <param name="Order">Null when refused.</param>
internal readonly record struct PlaceResult(RefusalReason Refusal, ClientOrder? Order);
