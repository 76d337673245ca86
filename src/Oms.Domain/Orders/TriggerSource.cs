namespace Oms.Domain.Orders;

/// <summary>FIX 1107: which price a conditional order watches.</summary>
public enum TriggerSource : byte
{
    /// <summary>Of an order that watches none.</summary>
    None = 0,

    /// <summary>The last trade.</summary>
    LastPrice = 1,
    MarkPrice = 2,

    /// <summary>The best price at which the order could trade: ask of a buy, bid of a sell.</summary>
    BestPrice = 3,
}
