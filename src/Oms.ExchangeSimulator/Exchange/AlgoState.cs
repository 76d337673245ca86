namespace Oms.ExchangeSimulator.Exchange;

/// <summary>How far a conditional order is.</summary>
internal enum AlgoState : byte
{
    New,
    Triggering,
    Triggered,

    /// <summary>Its order has ended, filled or not.</summary>
    Finished,
    Canceled,
    Rejected,
    Expired,
}
