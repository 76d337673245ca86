namespace Oms.ExchangeSimulator.Exchange;

/// <summary>How long an order's remainder stays.</summary>
internal enum TimeInForce : byte
{
    GoodTillCanceled,
    ImmediateOrCancel,
    FillOrKill,
}
