using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Text;
using Oms.Engine;

namespace Oms.FastPath.Definitions;

/// <summary>Gives listings their numbers.</summary>
internal static class InstrumentDefinitions
{
    public static IEnumerable<byte[]> Missing(SystemConfiguration configuration, EngineView engine)
    {
        HashSet<(string, Market, string, int, int)> known = [.. engine.Instruments.Select(KeyOf)];
        Dictionary<string, AssetId> assets =
            engine.Assets.ToDictionary(asset => asset.Name.ToString(), asset => asset.AssetId);
        uint next = (uint)known.Count;
        foreach (ExchangeConfiguration exchange in configuration.Exchanges)
        {
            foreach (ListingConfiguration listing in exchange.Listings)
            {
                if (known.Add(KeyOf(exchange, listing)))
                {
                    yield return Definitions.Bytes(Of(exchange, listing, new(++next), assets));
                }
            }
        }
    }

    /// <summary>How many instruments there are once those of the configuration are defined.</summary>
    public static int CountWith(SystemConfiguration configuration, EngineView engine) =>
        engine.Instruments.Select(KeyOf)
            .Union(configuration.Exchanges.SelectMany(
                exchange => exchange.Listings.Select(listing => KeyOf(exchange, listing))))
            .Count();

    /// <summary>The instrument of a listing, which must be defined.</summary>
    public static InstrumentDefined Find(
        EngineView engine, ExchangeConfiguration exchange, ListingConfiguration listing) =>
        engine.Instruments.First(instrument => KeyOf(instrument) == KeyOf(exchange, listing));

    private static InstrumentDefined Of(
        ExchangeConfiguration exchange,
        ListingConfiguration listing,
        InstrumentId id,
        Dictionary<string, AssetId> assets) => new()
    {
        Header = MessageHeader.For<InstrumentDefined>(),
        InstrumentId = id,
        BaseAssetId = assets[listing.BaseAsset],
        QuoteAssetId = assets[listing.QuoteAsset],
        Market = listing.Market,
        PriceDecimals = (byte)listing.PriceDecimals,
        QuantityDecimals = (byte)listing.QuantityDecimals,
        IsMatchedHere = exchange.IsMatchedHere ? (byte)1 : (byte)0,
        Exchange = Text16.Of(exchange.Name),
        Symbol = Text32.Of(listing.Symbol),
        ExchangeSymbol = Text32.Of(listing.ExchangeSymbol),
    };

    // Other decimals make another instrument: mantissas of one mean nothing in the other.
    private static (string, Market, string, int, int) KeyOf(InstrumentDefined instrument) => (
        instrument.Exchange.ToString(),
        instrument.Market,
        instrument.Symbol.ToString(),
        instrument.PriceDecimals,
        instrument.QuantityDecimals);

    private static (string, Market, string, int, int) KeyOf(
        ExchangeConfiguration exchange, ListingConfiguration listing) =>
        (exchange.Name, listing.Market, listing.Symbol, listing.PriceDecimals, listing.QuantityDecimals);
}
