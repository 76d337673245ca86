using System.Collections.Immutable;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Exchanges;
using Oms.SharedMemory.Tables;

namespace Oms.Connectors;

/// <summary>
/// An exchange that this process serves: its listings and accounts under the numbers that FastPath gave.
/// </summary>
internal sealed record ConnectorDefinitions(
    ExchangeConfiguration Exchange,
    ListingCatalog Listings,
    ImmutableArray<(AccountId Id, AccountConfiguration Configuration)> Accounts)
{
    /// <summary>Null while FastPath has not yet defined everything that is configured.</summary>
    public static ImmutableArray<ConnectorDefinitions>? TryRead(
        ListingDirectory directory, SystemConfiguration configuration, ushort connector)
    {
        var all = ImmutableArray.CreateBuilder<ConnectorDefinitions>();
        foreach (ExchangeConfiguration exchange in configuration.Exchanges.Where(each => !each.IsMatchedHere))
        {
            ImmutableArray<InstrumentDefined> defined = [.. directory.Instruments.Where(
                row => row.Exchange.ToString() == exchange.Name && row.Market == Market.Spot)];
            ILookup<bool, InstrumentDefined> isCurrent = defined.ToLookup(
                row => exchange.Listings.Any(listing => IsSame(row, listing)));
            if (isCurrent[true].Count() < exchange.Listings.Count(listing => listing.Market == Market.Spot))
            {
                return null;
            }

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

                if (row.Connector == connector && account.Markets.HasFlag(MarketFlags.Spot))
                {
                    accounts.Add((row.Header.AccountId, account));
                }
            }

            var catalog = new ListingCatalog(isCurrent[true], directory.Assets, isCurrent[false]);
            all.Add(new(exchange, catalog, accounts.ToImmutable()));
        }

        return all.ToImmutable();
    }

    private static bool IsSame(in InstrumentDefined row, ListingConfiguration listing) =>
        row.Market == listing.Market
        && row.Symbol.ToString() == listing.Symbol
        && row.ExchangeSymbol.ToString() == listing.ExchangeSymbol
        && row.PriceDecimals == listing.PriceDecimals
        && row.QuantityDecimals == listing.QuantityDecimals;
}
