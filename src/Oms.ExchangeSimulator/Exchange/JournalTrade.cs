namespace Oms.ExchangeSimulator.Exchange;

/// <summary>One account's half of a trade as the journal keeps it.</summary>
internal sealed record JournalTrade(
    long OrderId,
    long TradeId,
    long Price,
    long Quantity,
    long Commission,
    bool IsMaker);
