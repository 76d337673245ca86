namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The best price that a trailing order has seen, as the journal keeps it.</summary>
internal sealed record JournalTrail(long OrderId, long BestPrice);
