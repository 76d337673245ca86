using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>The answer to a new conditional order: an order, or a reason.</summary>
/// <param name="Order">Null when refused.</param>
internal readonly record struct AlgoResult(FuturesRefusal Refusal, AlgoOrder? Order);
