namespace Oms.ExchangeSimulator.Exchange;

/// <summary>An order changed in place, as the journal keeps it.</summary>
internal sealed record JournalAmendment(long OrderId, long Price, long Quantity);
