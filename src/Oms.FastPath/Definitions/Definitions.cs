using System.Collections.Immutable;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Domain.Numbers;
using Oms.Domain.Text;
using Oms.Domain.Time;
using Oms.Engine;

namespace Oms.FastPath.Definitions;

/// <summary>
/// What configuration says that the log does not say yet: accounts, assets, instruments and limits get their
/// numbers once, in the log, so that a log explains itself and a changed file never changes what a number
/// means.
/// </summary>
internal static class Definitions
{
    /// <summary>Decimals of every asset: what exchanges book at most.</summary>
    public const int AssetDecimals = 8;

    /// <summary>In this order: each sees what the ones before it defined.</summary>
    public static ImmutableArray<DefinitionStage> Stages { get; } =
    [
        Capacity,
        Assets,
        RiskLimits,
        InstrumentDefinitions.Missing,
        AccountDefinitions.Changed,
        LimitDefinitions.Changed,
        InternalMarkets.Missing,
    ];

    public static byte[] Bytes<TMessage>(TMessage message)
        where TMessage : unmanaged, IMessage => MessageBytes.Of(in message).ToArray();

    /// <summary>Those that are known, then those that the configuration adds.</summary>
    public static IEnumerable<string> AssetNames(SystemConfiguration configuration, EngineView engine)
    {
        IEnumerable<string> traded = configuration.Exchanges
            .SelectMany(exchange => exchange.Listings)
            .SelectMany(listing => new[] { listing.BaseAsset, listing.QuoteAsset });
        IEnumerable<string> deposited = configuration.Accounts.SelectMany(account => account.OpeningBalances.Keys);
        return engine.Assets.Select(asset => asset.Name.ToString())
            .Union(traded.Concat(deposited).Append(configuration.Limits.ValuationAsset));
    }

    private static IEnumerable<byte[]> Capacity(SystemConfiguration configuration, EngineView engine)
    {
        EngineCapacity capacity = engine.Capacity.GrownTo(EngineSizes.Of(configuration.Limits));
        if (capacity != engine.Capacity)
        {
            yield return Bytes(new CapacityDefined
            {
                Header = MessageHeader.For<CapacityDefined>(),
                AccountsMax = capacity.AccountsMax,
                InstrumentsMax = capacity.InstrumentsMax,
                AssetsMax = capacity.AssetsMax,
                OrdersHeldMax = capacity.OrdersHeldMax,
                FillsRememberedMax = capacity.FillsRememberedMax,
                BalancesMax = capacity.BalancesMax,
                PositionsMax = capacity.PositionsMax,
                TransfersHeldMax = capacity.TransfersHeldMax,
            });
        }
    }

    private static IEnumerable<byte[]> Assets(SystemConfiguration configuration, EngineView engine)
    {
        int known = engine.Assets.Count();
        uint next = (uint)known;
        foreach (string name in AssetNames(configuration, engine).Skip(known).ToArray())
        {
            yield return Bytes(new AssetDefined
            {
                Header = MessageHeader.For<AssetDefined>(),
                AssetId = new(++next),
                Decimals = AssetDecimals,
                Name = Text16.Of(name),
            });
        }
    }

    private static IEnumerable<byte[]> RiskLimits(SystemConfiguration configuration, EngineView engine)
    {
        LimitsConfiguration limits = configuration.Limits;
        var wanted = new RiskLimits
        {
            Header = MessageHeader.For<RiskLimits>(),
            OrderNotionalMax = Mantissa.Of(limits.OrderNotionalMax, AssetDecimals),
            PriceCollarBasisPoints = limits.PriceCollarBasisPoints,
            OpenOrdersPerAccountMax = limits.OpenOrdersPerAccountMax,
            CommandAgeMaxNanos = limits.CommandAgeMaxMs * UnixNanos.PerMillisecond,
            ReferencePriceAgeMaxNanos = limits.ReferencePriceAgeMaxMs * UnixNanos.PerMillisecond,
            ValuationAssetId = engine.Assets.First(asset => asset.Name.ToString() == limits.ValuationAsset).AssetId,
        };
        if (engine.Limits is not { } known || known with { Header = wanted.Header } != wanted)
        {
            yield return Bytes(wanted);
        }
    }
}
