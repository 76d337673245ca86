using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Orders;
using Oms.Engine;

namespace Oms.FastPath.Definitions;

/// <summary>
/// What an exchange would say, for listings that are matched here: their filters, a first price, and what accounts
/// start with.
/// </summary>
internal static class InternalMarkets
{
    /// <summary>Above every number of an asset.</summary>
    private const long LastOpening = 1L << 32;

    public static IEnumerable<byte[]> Missing(SystemConfiguration configuration, EngineView engine)
    {
        foreach (ExchangeConfiguration exchange in configuration.Exchanges.Where(each => each.IsMatchedHere))
        {
            foreach (ListingConfiguration listing in exchange.Listings)
            {
                InstrumentDefined instrument = InstrumentDefinitions.Find(engine, exchange, listing);
                foreach (byte[] message in Missing(listing, instrument, engine))
                {
                    yield return message;
                }
            }

            foreach (AccountConfiguration account in configuration.Accounts)
            {
                if (account.Name.Exchange == exchange.Name)
                {
                    foreach (FundsDeposited deposit in OpeningDeposits(account, engine))
                    {
                        yield return Definitions.Bytes(deposit);
                    }
                }
            }
        }
    }

    private static IEnumerable<byte[]> Missing(
        ListingConfiguration listing, InstrumentDefined instrument, EngineView engine)
    {
        var filters = new InstrumentFilters
        {
            Header = MessageHeader.For<InstrumentFilters>(),
            InstrumentId = instrument.InstrumentId,
            Tradable = 1,
            TickSize = 1,
            PriceMin = 1,
            PriceMax = 0,
            LotSize = 1,
            QuantityMin = 1,
            QuantityMax = 0,
            NotionalMin = 0,
            MakerFee = listing.MakerFeePpm,
            TakerFee = listing.TakerFeePpm,
            CanAmend = OrderAmendment.PriceAndQuantity,
        };
        if (engine.FiltersOf(instrument.InstrumentId) with { Header = filters.Header } != filters)
        {
            yield return Definitions.Bytes(filters);
        }

        if (listing.OpeningPrice is { } price && engine.LastPriceOf(instrument.InstrumentId) == 0)
        {
            yield return Definitions.Bytes(new LastTrade
            {
                Header = MessageHeader.For<LastTrade>(),
                InstrumentId = instrument.InstrumentId,
                Price = Mantissa.Of(price, listing.PriceDecimals),
                ExchangeUnixNanos = 0,
            });
        }
    }

    /// <summary>
    /// Once in the life of an account: what is changed in the file later was not deposited. A deposit's number is that
    /// of its asset, and the last one's says that it is the last: a start that died between two of them is gone on
    /// with.
    /// </summary>
    private static IEnumerable<FundsDeposited> OpeningDeposits(AccountConfiguration account, EngineView engine)
    {
        string name = account.Name.ToString();
        AccountId id = engine.Accounts.First(known => known.Name.ToString() == name).Header.AccountId;
        long last = engine.LastDepositOf(id);
        AssetDefined[] missing =
        [
            .. engine.Assets
                .Where(asset => account.OpeningBalances.ContainsKey(asset.Name.ToString()))
                .Where(asset => last < LastOpening && asset.AssetId.Value > last)
                .OrderBy(asset => asset.AssetId.Value),
        ];
        foreach (AssetDefined asset in missing)
        {
            yield return new()
            {
                Header = MessageHeader.For<FundsDeposited>(id),
                AssetId = asset.AssetId,
                Wallet = (account.Markets & MarketFlags.Spot) != 0 ? Market.Spot : Market.Futures,
                Amount = Mantissa.Of(account.OpeningBalances[asset.Name.ToString()], Definitions.AssetDecimals),
                DepositId = asset.AssetId.Value + (asset.AssetId == missing[^1].AssetId ? LastOpening : 0),
            };
        }
    }
}
