using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>The answer to a new or changed order: an order, or a reason.</summary>
/// <param name="Order">Null when refused.</param>
internal readonly record struct FuturesResult(FuturesRefusal Refusal, ClientOrder? Order);
