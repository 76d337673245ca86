namespace Oms.ExchangeSimulator.Exchange;

/// <summary>A step of an order towards the book, as the journal keeps it.</summary>
internal sealed record JournalStep(long OrderId, OrderStep Step, bool SharesReservation);
