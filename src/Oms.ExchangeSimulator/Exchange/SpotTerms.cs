namespace Oms.ExchangeSimulator.Exchange;

/// <summary>What an order of the spot market may have beside price and quantity; 0 where it has it not.</summary>
/// <param name="StopPrice">At which a conditional order fires, or, with a trailing delta, begins to follow.</param>
/// <param name="TrailingDelta">How far the price must come back to fire, in basis points of its best.</param>
/// <param name="IcebergQuantity">What an iceberg shows at a time.</param>
internal sealed record SpotTerms(long StopPrice = 0, int TrailingDelta = 0, long IcebergQuantity = 0)
{
    public static readonly SpotTerms None = new();
}
