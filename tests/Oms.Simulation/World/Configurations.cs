using System.Collections.Frozen;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;

namespace Oms.Simulation.World;

/// <summary>What <c>configs/</c> would say of the simulated desk.</summary>
internal static class Configurations
{
    public const int HeadBytes = 1 << 19;

    private static readonly Uri Nowhere = new("about:blank");

    public static SystemConfiguration Of(Setting setting) => new()
    {
        Accounts = [.. setting.Desk.Accounts.Select(account => AccountOf(account, setting.Desk))],
        AccountRouting = new() { Default = "alone", Strategies = FrozenDictionary<string, string>.Empty },
        Exchanges = setting.Desk.Inside is [] ? [Simulated(setting.Desk)] : [Simulated(setting.Desk), Inside],
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

    private static ExchangeConfiguration Simulated(Desk desk) => new()
    {
        Name = Venue.Exchange,
        Kind = Venue.Exchange,
        RestUri = Nowhere,
        WebSocketApiUri = Nowhere,
        StreamUri = Nowhere,
        RecvWindowMs = 1000,
        TopOfBookIntervalMs = 10,
        Listings =
        [
            Listing("BTC", 5),
            Listing("ETH", 4),
            .. desk.HasFutures ? [Listing("BTC", 5) with { Symbol = "BTC/USDT:USDT", Market = Market.Futures }] :
                Array.Empty<ListingConfiguration>(),
        ],
    };

    /// <summary>A maker gets something back there.</summary>
    private static ExchangeConfiguration Inside => new()
    {
        Name = Venue.InsideExchange,
        Kind = ExchangeConfiguration.InternalKind,
        RestUri = Nowhere,
        WebSocketApiUri = Nowhere,
        StreamUri = Nowhere,
        RecvWindowMs = 1000,
        TopOfBookIntervalMs = 10,
        Listings = [Listing("BTC", 5) with { OpeningPrice = 50_000m, MakerFeePpm = -50, TakerFeePpm = 200 }],
    };

    private static AccountConfiguration AccountOf(AccountId account, Desk desk) => new()
    {
        Name = NameOf(account),
        Type = AccountType.Strategy,
        OwnerGroup = Venue.OwnerOf(account),
        OpeningBalances = Venue.IsInside(account)
            ? new Dictionary<string, decimal> { ["BTC"] = Venue.InsideBtcs, ["USDT"] = Venue.InsideUsdts }
                .ToFrozenDictionary()
            : FrozenDictionary<string, decimal>.Empty,
        Markets = desk.HasFutures && !Venue.IsInside(account)
            ? MarketFlags.Spot | MarketFlags.Futures
            : MarketFlags.Spot,
        LeverageMax = desk.HasFutures && !Venue.IsInside(account) ? desk.LeverageMaxOf(account) : null,
        PositionMaxUsdt = desk.HasFutures && account == Venue.Alone ? Venue.AloneValueMax : null,
    };

    private static AccountName NameOf(AccountId account) =>
        new(Venue.IsInside(account) ? Venue.InsideExchange : Venue.Exchange, Venue.NameOf(account));

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

    private static string[] SymbolsOf(AccountId account, Desk desk)
    {
        if (Venue.IsInside(account))
        {
            return ["BTC/USDT"];
        }

        return desk.HasFutures ? ["BTC/USDT", "ETH/USDT", "BTC/USDT:USDT"] : ["BTC/USDT", "ETH/USDT"];
    }

    private static LimitsConfiguration LimitsOf(Setting setting) => new()
    {
        OrderNotionalMax = setting.Desk.HasFutures ? Venue.OrderNotionalMax : 1_000_000,
        PriceCollarBasisPoints = Venue.CollarBasisPoints,
        ReferencePriceAgeMaxMs = 600_000,
        CommandAgeMaxMs = 5_000,
        OpenOrdersPerAccountMax = Venue.OpenOrdersMaxOf(setting.Desk.HasFutures),
        ValuationAsset = "USDT",
        AccountDefaults = setting.Desk.HasFutures
            ? new() { OrdersPerWindowMax = Venue.OrdersPerWindowMax, OrderWindowMs = Venue.OrderWindowMs }
            : new(),
        Accounts = setting.Desk.Routed.Where(account => setting.Desk.LossMaxOf(account) is not null)
            .ToFrozenDictionary(
                NameOf, account => new AccountLimitsConfiguration { LossMax = setting.Desk.LossMaxOf(account) }),
        Instruments =
        [
            .. from account in setting.Desk.Accounts
               from symbol in SymbolsOf(account, setting.Desk)
               select new InstrumentLimitsConfiguration
               {
                   Account = NameOf(account),
                   Symbol = symbol,
                   PositionQuantityMax = Venue.PositionMaxOf(symbol, setting.Desk.HasFutures),
               },
        ],
        GroupPositionValueMax = setting.Desk.HasFutures
            ? new Dictionary<string, decimal> { ["pair"] = Venue.PairValueMax }.ToFrozenDictionary()
            : FrozenDictionary<string, decimal>.Empty,
        FirmPositionValueMax = setting.HasFirmLimit ? Venue.FirmValueMax : null,
        OrdersHeldMax = 4000,
        TransfersHeldMax = setting.Desk.TransfersHeldMax,
        AccountsMax = 8,
        InstrumentsMax = 8,
        ProducersMax = LimitsConfiguration.OtherProducers,
        RingCapacityBytes = setting.RingBytes,
        BusyRingCapacityBytes = setting.RingBytes,
    };
}
