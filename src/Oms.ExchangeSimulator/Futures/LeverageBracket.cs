namespace Oms.ExchangeSimulator.Futures;

/// <summary>Up to which notional a position may be how leveraged, and what it must keep.</summary>
/// <param name="MaintenanceRatio">Mantissa at eight decimals.</param>
/// <param name="Cumulative">What makes maintenance margin go on without a step from bracket to bracket.</param>
internal sealed record LeverageBracket(
    int Number, int LeverageMax, long NotionalFloor, long NotionalCap, long MaintenanceRatio, long Cumulative);
