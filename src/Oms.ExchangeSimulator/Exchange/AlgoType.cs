namespace Oms.ExchangeSimulator.Exchange;

/// <summary>What a conditional order waits for, and what it becomes.</summary>
internal enum AlgoType : byte
{
    Stop,
    StopMarket,
    TakeProfit,
    TakeProfitMarket,
    TrailingStopMarket,
}
