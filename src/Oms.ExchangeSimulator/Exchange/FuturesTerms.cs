namespace Oms.ExchangeSimulator.Exchange;

/// <summary>What only an order of futures has.</summary>
/// <param name="GoodTillMs">When it expires; 0 for never.</param>
internal sealed record FuturesTerms(
    PositionSide PositionSide, bool IsReduceOnly, long GoodTillMs, FuturesOrderOrigin Origin);
