using Oms.Domain.Instruments;

namespace Oms.Grains.Markets;

/// <summary>What the markets say now, as far as this host sees them.</summary>
public interface IMarketPrices
{
    /// <summary>Every listing that FastPath knows.</summary>
    IReadOnlyList<ListedMarket> Listings { get; }

    /// <summary>Null without a valid book.</summary>
    MarketQuote? Find(string exchange, Market market, string symbol);
}
