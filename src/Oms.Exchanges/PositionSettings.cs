namespace Oms.Exchanges;

/// <summary>How an account is to hold futures positions.</summary>
/// <param name="Leverage">0 leaves it as it is.</param>
/// <param name="IsHedged">Long and short side by side, or one position; null leaves it as it is.</param>
/// <param name="IsIsolated">Each with a margin of its own, or all with the wallet's; null leaves it as it is.</param>
public sealed record PositionSettings(int Leverage, bool? IsHedged, bool? IsIsolated);
