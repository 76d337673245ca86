using System.Collections.Concurrent;
using Oms.Domain.Instruments;
using Oms.Grains.Markets;

namespace Oms.Grains.Tests;

/// <summary>Markets as a test wants them.</summary>
internal sealed class PlacedPrices : IMarketPrices
{
    private readonly ConcurrentDictionary<ListedMarket, MarketQuote> _quotes = [];

    public IReadOnlyList<ListedMarket> Listings => [.. _quotes.Keys];

    public MarketQuote? Find(string exchange, Market market, string symbol) =>
        _quotes.GetValueOrDefault(new ListedMarket(exchange, market, symbol));

    /// <param name="exchange">A name of the test's own: markets are shared.</param>
    public void Place(string exchange, string symbol, decimal bid, decimal ask, long unixNanos = 7) =>
        _quotes[new ListedMarket(exchange, symbol.Contains(':') ? Market.Futures : Market.Spot, symbol)] =
            new(bid, ask, unixNanos);
}
