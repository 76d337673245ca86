namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The answer to a new list of orders: the list, or a reason.</summary>
/// <param name="List">Null when refused.</param>
internal readonly record struct PlaceListResult(RefusalReason Refusal, OrderList? List);
