namespace Oms.Grains.Markets;

/// <summary>Best bid and ask of a listing, both above zero.</summary>
/// <param name="UnixNanos">When the exchange stated them.</param>
public sealed record MarketQuote(decimal Bid, decimal Ask, long UnixNanos)
{
    public decimal Mid => (Bid + Ask) / 2;
}
