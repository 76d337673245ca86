namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The answer to an amendment: the order and what was changed of it, or a reason.</summary>
/// <param name="Order">Null when refused.</param>
/// <param name="Reduction">Null when refused.</param>
internal readonly record struct ReduceResult(
    RefusalReason Refusal, ClientOrder? Order, QuantityReduction? Reduction);
