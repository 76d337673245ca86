using System.Collections.Frozen;
using Microsoft.Extensions.Logging.Abstractions;
using Oms.Domain.Instruments;

namespace Oms.Exchanges.Tests;

public sealed class ExchangeFactoryTests
{
    [Fact]
    public void Unknown_kind_is_named_with_those_there_are()
    {
        NotSupportedException exception = Assert.Throws<NotSupportedException>(() => ExchangeFactory.Create(
            Some.Exchange(
                new("http://127.0.0.1:1")) with { Kind = "bourse" },
            new Dictionary<Market, ListingCatalog> { [Market.Spot] = Some.Catalog() }.ToFrozenDictionary(),
            TimeProvider.System,
            NullLoggerFactory.Instance));
        Assert.Equal("exchange binance is of kind 'bourse'; there is: binance", exception.Message);
    }
}
