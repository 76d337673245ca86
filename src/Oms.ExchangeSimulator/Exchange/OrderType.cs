namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The order types that this exchange takes.</summary>
internal enum OrderType : byte
{
    Limit,
    LimitMaker,
    Market,
}
