using System.Collections.Immutable;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Text;
using Oms.Domain.Time;
using Oms.Engine;

namespace Oms.FastPath;

/// <summary>
/// What configuration says that the log does not say yet: accounts, assets, instruments and limits get their
/// numbers once, in the log, so that a log explains itself and a changed file never changes what a number
/// means.
/// </summary>
internal static class Definitions
{
    /// <summary>Decimals of every asset: what exchanges book at most.</summary>
    public const int AssetDecimals = 8;

    public static IEnumerable<byte[]> Missing(SystemConfiguration configuration, EngineView engine)
    {
        EngineCapacity capacity = engine.Capacity.GrownTo(EngineSizes.Of(configuration.Limits));
        if (capacity != engine.Capacity)
        {
            CapacityDefined defined = Of(capacity);
            yield return Bytes(in defined);
        }

        RiskLimits limits = Of(configuration.Limits);
        if (engine.Limits is not { } known || !IsSame(in known, in limits))
        {
            yield return Bytes(in limits);
        }

        ImmutableArray<AssetDefined> assets = [.. MissingAssets(configuration, engine)];
        foreach (AssetDefined asset in assets)
        {
            yield return Bytes(in asset);
        }

        ImmutableArray<AssetDefined> allAssets = [.. engine.Assets, .. assets];
        foreach (InstrumentDefined instrument in MissingInstruments(configuration, engine, allAssets))
        {
            yield return Bytes(in instrument);
        }

        foreach (AccountDefined account in ChangedAccounts(configuration, engine))
        {
            yield return Bytes(in account);
        }
    }

    private static CapacityDefined Of(EngineCapacity capacity) => new()
    {
        Header = MessageHeader.For<CapacityDefined>(),
        AccountsMax = capacity.AccountsMax,
        InstrumentsMax = capacity.InstrumentsMax,
        AssetsMax = capacity.AssetsMax,
        OrdersHeldMax = capacity.OrdersHeldMax,
        FillsRememberedMax = capacity.FillsRememberedMax,
        BalancesMax = capacity.BalancesMax,
        PositionsMax = capacity.PositionsMax,
        ReservedWord = 0,
    };

    private static RiskLimits Of(LimitsConfiguration limits) => new()
    {
        Header = MessageHeader.For<RiskLimits>(),
        OrderNotionalMax = checked((long)(limits.OrderNotionalMax * PowersOfTen.Of(AssetDecimals))),
        PriceCollarBasisPoints = limits.PriceCollarBasisPoints,
        OpenOrdersPerAccountMax = limits.OpenOrdersPerAccountMax,
        CommandAgeMaxNanos = limits.CommandAgeMaxMs * UnixNanos.PerMillisecond,
        ReferencePriceAgeMaxNanos = limits.ReferencePriceAgeMaxMs * UnixNanos.PerMillisecond,
    };

    private static bool IsSame(in RiskLimits left, in RiskLimits right) =>
        left with { Header = right.Header } == right;

    private static IEnumerable<AssetDefined> MissingAssets(
        SystemConfiguration configuration, EngineView engine)
    {
        HashSet<string> known = [.. engine.Assets.Select(asset => asset.Name.ToString())];
        uint next = (uint)known.Count;
        IEnumerable<ListingConfiguration> listings =
            configuration.Exchanges.SelectMany(exchange => exchange.Listings);
        IEnumerable<string> names =
            listings.SelectMany(listing => new[] { listing.BaseAsset, listing.QuoteAsset });
        foreach (string name in names)
        {
            if (known.Add(name))
            {
                yield return new()
                {
                    Header = MessageHeader.For<AssetDefined>(),
                    AssetId = new(++next),
                    Decimals = AssetDecimals,
                    Name = Text16.Of(name),
                };
            }
        }
    }

    private static IEnumerable<InstrumentDefined> MissingInstruments(
        SystemConfiguration configuration, EngineView engine, ImmutableArray<AssetDefined> assets)
    {
        HashSet<(string, Market, string, int, int)> known = [.. engine.Instruments.Select(KeyOf)];
        uint next = (uint)known.Count;
        AssetId Id(string name) => assets.First(asset => asset.Name.ToString() == name).AssetId;
        foreach (ExchangeConfiguration exchange in configuration.Exchanges)
        {
            foreach (ListingConfiguration listing in exchange.Listings)
            {
                if (!known.Add(KeyOf(exchange, listing)))
                {
                    continue;
                }

                yield return new()
                {
                    Header = MessageHeader.For<InstrumentDefined>(),
                    InstrumentId = new(++next),
                    BaseAssetId = Id(listing.BaseAsset),
                    QuoteAssetId = Id(listing.QuoteAsset),
                    Market = listing.Market,
                    PriceDecimals = (byte)listing.PriceDecimals,
                    QuantityDecimals = (byte)listing.QuantityDecimals,
                    Reserved = 0,
                    Exchange = Text16.Of(exchange.Name),
                    Symbol = Text32.Of(listing.Symbol),
                    ExchangeSymbol = Text32.Of(listing.ExchangeSymbol),
                };
            }
        }
    }

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

    private static IEnumerable<AccountDefined> ChangedAccounts(
        SystemConfiguration configuration, EngineView engine)
    {
        Dictionary<string, AccountDefined> known =
            engine.Accounts.ToDictionary(account => account.Name.ToString());
        uint next = (uint)known.Count;
        foreach (AccountConfiguration account in configuration.Accounts)
        {
            bool isKnown = known.Remove(account.Name.ToString(), out AccountDefined before);
            if (!isKnown || before.Markets != account.Markets)
            {
                yield return new()
                {
                    Header = MessageHeader.For<AccountDefined>(
                        isKnown ? before.Header.AccountId : new(++next)),
                    Name = Text64.Of(account.Name.ToString()),
                    Exchange = Text16.Of(account.Name.Exchange),
                    Connector = 0,
                    Markets = account.Markets,
                    Reserved = 0,
                };
            }
        }

        // An account that left the file keeps its number and its past, and may no longer trade.
        foreach (AccountDefined removed in known.Values.OrderBy(account => account.Header.AccountId.Value))
        {
            if (removed.Markets != MarketFlags.None)
            {
                yield return removed with
                {
                    Header = MessageHeader.For<AccountDefined>(removed.Header.AccountId),
                    Markets = MarketFlags.None,
                };
            }
        }
    }

    private static byte[] Bytes<TMessage>(ref readonly TMessage message)
        where TMessage : unmanaged, IMessage => MessageBytes.Of(in message).ToArray();
}
