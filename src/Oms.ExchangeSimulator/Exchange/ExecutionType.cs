namespace Oms.ExchangeSimulator.Exchange;

/// <summary>What happened to an order.</summary>
internal enum ExecutionType : byte
{
    New,
    Trade,
    Canceled,
    Expired,
    TradePrevention,

    /// <summary>Changed in place.</summary>
    Amendment,

    /// <summary>Made smaller in place.</summary>
    Replaced,
}
