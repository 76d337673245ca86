namespace Oms.ExchangeSimulator.Exchange;

/// <summary>An order made smaller in place, as the journal keeps it.</summary>
internal sealed record JournalReduction(long OrderId, long ExecutionId, string ClientOrderId, long Quantity);
