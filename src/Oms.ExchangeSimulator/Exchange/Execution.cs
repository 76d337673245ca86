namespace Oms.ExchangeSimulator.Exchange;

/// <summary>A part of an order that meets another.</summary>
/// <param name="Commission">As it was charged, where the journal says so; null where it is to be charged now.</param>
internal readonly record struct Execution(
    ClientOrder Order,
    long TradeId,
    long Price,
    long Quantity,
    bool IsMaker,
    long TimeMs,
    long? Commission = null);
