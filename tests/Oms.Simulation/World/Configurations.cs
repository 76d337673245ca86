using System.Collections.Frozen;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;

namespace Oms.Simulation.World;

/// <summary>What <c>configs/</c> would say of the simulated desk.</summary>
internal static class Configurations
{
    public const int HeadBytes = 1 << 19;

    private static readonly Uri Nowhere = new("about:blank");

    public static SystemConfiguration Of(Setting setting) => new()
    {
        Accounts =
        [
            .. Venue.AccountNames.Select((name, index) => new AccountConfiguration
            {
                Name = new(Venue.Exchange, name),
                Type = AccountType.Strategy,
                OwnerGroup = Venue.Owners[index],
                OpeningBalances = FrozenDictionary<string, decimal>.Empty,
                Markets = MarketFlags.Spot,
            }),
        ],
        AccountRouting = new() { Default = "alone", Strategies = FrozenDictionary<string, string>.Empty },
        Exchanges =
        [
            new()
            {
                Name = Venue.Exchange,
                Kind = Venue.Exchange,
                RestUri = Nowhere,
                WebSocketApiUri = Nowhere,
                StreamUri = Nowhere,
                RecvWindowMs = 1000,
                TopOfBookIntervalMs = 10,
                Listings = [Listing("BTC", 5), Listing("ETH", 4)],
            },
        ],
        Limits = LimitsOf(setting),
        Deployment = new()
        {
            NatsPort = 1,
            NatsMonitoringPort = 2,
            GatewayPort = 3,
            IdlePolicy = IdlePolicy.Backoff,
            Keys = new() { Source = KeySource.File },
            Log = new()
            {
                Durability = setting.IsDiskDurable ? Durability.Disk : Durability.Memory,
                HeadBytes = HeadBytes,
                SegmentBytes = setting.SegmentBytes,
            },
        },
    };

    private static ListingConfiguration Listing(string asset, int quantityDecimals) => new()
    {
        Symbol = $"{asset}/USDT",
        Market = Market.Spot,
        ExchangeSymbol = $"{asset}USDT",
        BaseAsset = asset,
        QuoteAsset = "USDT",
        PriceDecimals = Venue.PriceDecimals,
        QuantityDecimals = quantityDecimals,
    };

    private static LimitsConfiguration LimitsOf(Setting setting) => new()
    {
        OrderNotionalMax = 1_000_000,
        PriceCollarBasisPoints = 2000,
        ReferencePriceAgeMaxMs = 600_000,
        CommandAgeMaxMs = 5_000,
        OpenOrdersPerAccountMax = 30,
        ValuationAsset = "USDT",
        AccountDefaults = new(),
        Accounts = FrozenDictionary<AccountName, AccountLimitsConfiguration>.Empty,
        Instruments =
        [
            .. from account in Venue.AccountNames
               from asset in new[] { "BTC", "ETH" }
               select new InstrumentLimitsConfiguration
               {
                   Account = new(Venue.Exchange, account),
                   Symbol = $"{asset}/USDT",
                   PositionQuantityMax = Venue.PositionMax,
               },
        ],
        GroupPositionValueMax = FrozenDictionary<string, decimal>.Empty,
        OrdersHeldMax = 4000,
        TransfersHeldMax = 64,
        AccountsMax = 8,
        InstrumentsMax = 8,
        ProducersMax = LimitsConfiguration.OtherProducers,
        RingCapacityBytes = setting.RingBytes,
    };
}
