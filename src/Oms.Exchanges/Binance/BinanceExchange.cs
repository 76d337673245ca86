using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Exchanges.Binance.Futures;
using Oms.Exchanges.Binance.Spot;

namespace Oms.Exchanges.Binance;

/// <summary>Binance's markets, each with its own hosts, clock and request budget.</summary>
internal static class BinanceExchange
{
    public const string Kind = "binance";

    public static IExchange Create(
        Market market, ExchangeConfiguration configuration, ListingCatalog listings, TimeProvider time,
        ILoggerFactory loggers) => market switch
        {
            Market.Spot => new SpotMarket(configuration, listings, time, loggers),
            Market.Futures => new FuturesMarket(configuration, listings, time, loggers),
        };
}
