namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Which of the exchange's markets a line of the journal is about.</summary>
internal enum JournalMarket : byte
{
    Spot,
    Futures,
}
