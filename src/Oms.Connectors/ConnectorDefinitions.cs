using System.Collections.Frozen;
using System.Collections.Immutable;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Exchanges;
using Oms.SharedMemory.Tables;

namespace Oms.Connectors;

/// <summary>
/// An exchange that this process serves: its listings in each market, and its accounts, under the numbers that
/// FastPath gave.
/// </summary>
internal sealed record ConnectorDefinitions(
    ExchangeConfiguration Exchange,
    FrozenDictionary<Market, ListingCatalog> Listings,
    ImmutableArray<(AccountId Id, AccountConfiguration Configuration)> Accounts)
{
    public IEnumerable<InstrumentDefined> AllListings => Listings.Values.SelectMany(catalog => catalog.Listings);

    /// <summary>The markets of an account in which something is listed.</summary>
    public IEnumerable<Market> MarketsOf(AccountConfiguration account) => Listings.Keys.Where(market =>
        account.Markets.HasFlag(market == Market.Spot ? MarketFlags.Spot : MarketFlags.Futures));

    /// <summary>Null while FastPath has not yet defined everything that is configured.</summary>
    public static ImmutableArray<ConnectorDefinitions>? TryRead(
        ListingDirectory directory, SystemConfiguration configuration, ushort connector)
    {
        var all = ImmutableArray.CreateBuilder<ConnectorDefinitions>();
        foreach (ExchangeConfiguration exchange in configuration.Exchanges.Where(each => !each.IsMatchedHere))
        {
            if (TryReadListings(directory, exchange) is not { } listings)
            {
                return null;
            }

            ConnectorDefinitions definitions = new(exchange, listings, []);
            var accounts = ImmutableArray.CreateBuilder<(AccountId, AccountConfiguration)>();
            foreach (AccountConfiguration account in configuration.Accounts)
            {
                if (account.Name.Exchange != exchange.Name)
                {
                    continue;
                }

                if (!directory.TryFindAccount(account.Name.ToString(), out AccountDefined row))
                {
                    return null;
                }

                if (row.Connector == connector && definitions.MarketsOf(account).Any())
                {
                    accounts.Add((row.Header.AccountId, account));
                }
            }

            all.Add(definitions with { Accounts = accounts.ToImmutable() });
        }

        return all.ToImmutable();
    }

    private static FrozenDictionary<Market, ListingCatalog>? TryReadListings(
        ListingDirectory directory, ExchangeConfiguration exchange)
    {
        var listings = new Dictionary<Market, ListingCatalog>();
        foreach (IGrouping<Market, ListingConfiguration> configured in exchange.Listings.GroupBy(each => each.Market))
        {
            ILookup<bool, InstrumentDefined> isCurrent = directory.Instruments
                .Where(row => row.Exchange.ToString() == exchange.Name && row.Market == configured.Key)
                .ToLookup(row => configured.Any(listing => IsSame(row, listing)));
            if (isCurrent[true].Count() < configured.Count())
            {
                return null;
            }

            listings.Add(configured.Key, new(isCurrent[true], directory.Assets, isCurrent[false]));
        }

        return listings.ToFrozenDictionary();
    }

    private static bool IsSame(in InstrumentDefined row, ListingConfiguration listing) =>
        row.Market == listing.Market
        && row.Symbol.ToString() == listing.Symbol
        && row.ExchangeSymbol.ToString() == listing.ExchangeSymbol
        && row.PriceDecimals == listing.PriceDecimals
        && row.QuantityDecimals == listing.QuantityDecimals;
}
