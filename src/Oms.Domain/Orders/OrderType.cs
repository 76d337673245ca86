namespace Oms.Domain.Orders;

/// <summary>FIX 40. What waits for a price is held here until that price is seen.</summary>
public enum OrderType : byte
{
    Market = 1,
    Limit = 2,

    /// <summary>A market order once the price went through the stop price, against the position.</summary>
    Stop = 3,

    /// <summary>A limit order once the price went through the stop price, against the position.</summary>
    StopLimit = 4,

    /// <summary>A market order once the price reached the stop price, in favour of the position.</summary>
    TakeProfit = 5,

    /// <summary>A limit order once the price reached the stop price, in favour of the position.</summary>
    TakeProfitLimit = 6,

    /// <summary>A stop whose price follows the market at a distance and never goes back.</summary>
    TrailingStop = 7,
}
