using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Futures;

/// <summary>What orders for a position may still buy and sell, in the margin asset.</summary>
internal readonly record struct OpenNotional(long Bids, long Asks, PositionSide PositionSide)
{
    public static OpenNotional operator +(OpenNotional one, OpenNotional other) =>
        one with { Bids = one.Bids + other.Bids, Asks = one.Asks + other.Asks };

    public static OpenNotional Of(OrderSide side, long notional, PositionSide position) =>
        side == OrderSide.Buy ? new(notional, 0, position) : new(0, notional, position);
}
