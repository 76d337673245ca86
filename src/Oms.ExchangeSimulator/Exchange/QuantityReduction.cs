namespace Oms.ExchangeSimulator.Exchange;

/// <summary>An order made smaller in place, which kept its turn.</summary>
internal sealed record QuantityReduction(
    long ExecutionId,
    string OldClientOrderId,
    string NewClientOrderId,
    long OldQuantity,
    long NewQuantity,
    long TimeMs);
