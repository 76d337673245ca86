using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Exchanges.Binance.Futures;
using Oms.Exchanges.Binance.Spot;

namespace Oms.Exchanges.Binance;

/// <summary>
/// Binance's markets, each with its own hosts, clock and request budget. What futures ask of the host of spot, they ask
/// within the budget of spot where that is traded too.
/// </summary>
internal static class BinanceExchange
{
    public const string Kind = "binance";

    /// <param name="listings">Of each market that is traded.</param>
    public static IExchange Create(
        ExchangeConfiguration configuration, FrozenDictionary<Market, ListingCatalog> listings, TimeProvider time,
        ILoggerFactory loggers)
    {
        Dictionary<Market, (IExchange Exchange, ListingCatalog Listings)> markets = [];
        SpotMarket? spot = null;
        if (listings.TryGetValue(Market.Spot, out ListingCatalog? ofSpot))
        {
            spot = new(configuration, ofSpot, time, loggers);
            markets.Add(Market.Spot, (spot, ofSpot));
        }

        if (listings.TryGetValue(Market.Futures, out ListingCatalog? ofFutures))
        {
            var futures = new FuturesMarket(configuration, ofFutures, time, loggers, spot?.Rests);
            markets.Add(Market.Futures, (futures, ofFutures));
        }

        return new ExchangeOfMarkets(markets.ToFrozenDictionary());
    }
}
