using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;
using Oms.Exchanges.Binance;

namespace Oms.Exchanges;

/// <summary>Makes an exchange of a configured kind. Every kind there is stands here.</summary>
public static class ExchangeFactory
{
    /// <param name="listings">Of each market that is traded.</param>
    /// <exception cref="NotSupportedException">No such kind; the message lists those there are.</exception>
    public static IExchange Create(
        ExchangeConfiguration configuration, FrozenDictionary<Market, ListingCatalog> listings, TimeProvider time,
        ILoggerFactory loggers) => configuration.Kind switch
        {
            BinanceExchange.Kind => BinanceExchange.Create(configuration, listings, time, loggers),
            _ => throw new NotSupportedException(
                $"exchange {configuration.Name} is of kind '{configuration.Kind}'; "
                + $"there is: {BinanceExchange.Kind}"),
        };
}
