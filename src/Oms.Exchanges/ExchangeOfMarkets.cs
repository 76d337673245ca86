using System.Collections.Frozen;
using System.Collections.Immutable;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;

namespace Oms.Exchanges;

/// <summary>
/// An exchange as the sum of its markets: what is asked of all is asked of each, and an account is what it is in all
/// of its markets together.
/// </summary>
internal sealed class ExchangeOfMarkets(
    FrozenDictionary<Market, (IExchange Exchange, ListingCatalog Listings)> markets)
    : IExchange, IInstruments, IBooks
{
    public IInstruments Instruments => this;

    public IBooks Books => this;

    public IExchangeAccount OpenAccount(ImmutableArray<AccountCredentials> credentials) => new AccountOfMarkets(
        [.. credentials.Select(each =>
            (each.Market, markets[each.Market].Listings, markets[each.Market].Exchange.OpenAccount([each])))]);

    public void Know(AccountCredentials account)
    {
        foreach (Market market in markets.Keys)
        {
            if (market != account.Market)
            {
                markets[market].Exchange.Know(account);
            }
        }
    }

    public ITransfers? OpenTransfers(AccountCredentials main) => markets[main.Market].Exchange.OpenTransfers(main);

    public IPrivateStream OpenPrivateStream(ImmutableArray<AccountCredentials> accounts) => new StreamOfMarkets(
        accounts.GroupBy(account => account.Id).ToFrozenDictionary(group => group.Key, group => group.Count()),
        [.. accounts.GroupBy(account => account.Market).Select(
            group => markets[group.Key].Exchange.OpenPrivateStream([.. group]))]);

    public Task<Outcome<ImmutableArray<InstrumentFilters>>> QueryFilters(CancellationToken cancellation) =>
        Outcomes.Concat(markets.Values, market => market.Exchange.Instruments.QueryFilters(cancellation));

    public Task Run(IExchangeListener listener, CancellationToken cancellation) =>
        Task.WhenAll(markets.Values.Select(market => market.Exchange.Books.Run(listener, cancellation)));

    public void Dispose()
    {
        foreach ((IExchange exchange, _) in markets.Values)
        {
            exchange.Dispose();
        }
    }
}
