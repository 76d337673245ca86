namespace Oms.ExchangeSimulator.Exchange;

/// <summary>A trade as the public sees it.</summary>
internal readonly record struct PublicTrade(
    long TradeId,
    long Price,
    long Quantity,
    bool IsBuyerMaker,
    long TimeMs);
