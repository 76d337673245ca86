namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The order types that this exchange takes.</summary>
internal enum OrderType : byte
{
    Limit,
    LimitMaker,
    Market,

    /// <summary>Fires a market order when the price has moved against its owner.</summary>
    StopLoss,
    StopLossLimit,

    /// <summary>Fires a market order when the price has moved its owner's way.</summary>
    TakeProfit,
    TakeProfitLimit,
}
