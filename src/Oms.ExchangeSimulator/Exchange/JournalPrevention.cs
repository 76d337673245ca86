namespace Oms.ExchangeSimulator.Exchange;

/// <summary>A part of an order that was taken away so that its owner would not trade with itself.</summary>
internal sealed record JournalPrevention(long OrderId, long Quantity);
