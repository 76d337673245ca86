namespace Oms.ExchangeSimulator.Exchange;

/// <summary>The judge's own states of an order, told apart as the exchange tells them apart.</summary>
internal enum OrderState : byte
{
    New,
    PartiallyFilled,
    Filled,
    Canceled,
    Expired,
    ExpiredInMatch,

    /// <summary>It waits for the working order of its list.</summary>
    PendingNew,
}
