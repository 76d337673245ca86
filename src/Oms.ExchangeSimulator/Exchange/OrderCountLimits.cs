namespace Oms.ExchangeSimulator.Exchange;

/// <summary>How many unfilled orders an account may send in a window.</summary>
internal readonly record struct OrderCountLimits(int Per10Seconds, int PerDay);
