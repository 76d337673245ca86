namespace Oms.ExchangeSimulator.Exchange;

/// <summary>One account's half of a trade.</summary>
internal sealed record ClientTrade(
    ClientOrder Order,
    long TradeId,
    long Price,
    long Quantity,
    long QuoteQuantity,
    long Commission,
    string CommissionAsset,
    bool IsMaker,
    long TimeMs)
{
    /// <summary>What it realised of a position of futures.</summary>
    public long Realized { get; init; }
}
