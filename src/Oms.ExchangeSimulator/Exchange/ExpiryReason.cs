namespace Oms.ExchangeSimulator.Exchange;

/// <summary>Why an order's remainder expired.</summary>
internal enum ExpiryReason : byte
{
    None,
    UnfilledImmediateOrCancel,
    UnfilledFillOrKill,
    InsufficientLiquidity,
}
