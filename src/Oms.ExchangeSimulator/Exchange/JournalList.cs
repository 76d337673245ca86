namespace Oms.ExchangeSimulator.Exchange;

/// <summary>A list of orders as the journal keeps it; its orders follow, each with the list's id.</summary>
internal sealed record JournalList(
    long OrderListId, string Account, string Symbol, string ListClientOrderId, ContingencyType Contingency);
