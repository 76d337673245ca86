using System.Collections.Frozen;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
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

    [Fact]
    public async Task What_futures_ask_of_the_host_of_spot_obeys_its_hold()
    {
        await using var server = new ScriptedExchange(request => request.Path == "/api/v3/account"
            ? new(429, """{"code":-1003,"msg":"Too many requests."}""", "Retry-After: 60\r\n")
            : new(200, "{}"));
        var time = new FakeTimeProvider(Some.Began);
        using IExchange exchange = ExchangeFactory.Create(
            Some.Exchange(server.Uri),
            new Dictionary<Market, ListingCatalog>
            {
                [Market.Spot] = Some.Catalog(), [Market.Futures] = Some.Futures(),
            }.ToFrozenDictionary(),
            time, NullLoggerFactory.Instance);
        _ = await exchange.OpenAccount([Some.Account()]).QueryBalances(CancellationToken.None);
        Task<Outcome<KeyRights>> asking = exchange.OpenAccount([Some.Account(2, Market.Futures)])
            .QueryKeyRights(Market.Futures, CancellationToken.None);
        Assert.False(asking.IsCompleted);
        _ = Assert.Single(server.Requests);
        time.Advance(TimeSpan.FromSeconds(60));
        _ = Assert.IsType<Outcome<KeyRights>.Accepted>(await asking);
    }
}
