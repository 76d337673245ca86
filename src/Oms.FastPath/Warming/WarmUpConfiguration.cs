using System.Collections.Frozen;
using Oms.Domain.Accounts;
using Oms.Domain.Configuration;
using Oms.Domain.Instruments;

namespace Oms.FastPath.Warming;

/// <summary>
/// A small deployment that nobody knows: an exchange elsewhere, one of our own, and accounts at both.
/// </summary>
internal static class WarmUpConfiguration
{
    public const string Internal = "warm_internal";
    public const string Elsewhere = "warm_elsewhere";
    public const string Symbol = "BTC/USDT";

    /// <summary>Accounts at <see cref="Internal"/>, which trade with each other.</summary>
    public const string Seller = "seller";
    public const string Buyer = "buyer";

    /// <summary>An account at <see cref="Elsewhere"/>.</summary>
    public const string Client = "client";

    private const int Few = 4;
    private const int OrdersHeldMax = 4096;
    private const int RingBytes = 1 << 18;
    private const int LogBytes = 1 << 22;
    private const int Often = 100_000;
    private const int Funds = 10_000_000;

    private static readonly string[] Assets = ["USDT", "BTC"];

    /// <summary>Limits as they are configured, but for those that so many orders would reach.</summary>
    public static SystemConfiguration Of(SystemConfiguration configuration) => configuration with
    {
        Exchanges = [Exchange(Internal, ExchangeConfiguration.InternalKind), Exchange(Elsewhere, "none")],
        Accounts =
        [
            Account(Internal, Seller), Account(Internal, Buyer), Account(Elsewhere, Client),
        ],
        Limits = configuration.Limits with
        {
            OrderNotionalMax = 1_000_000,
            AccountDefaults = new() { OrdersPerWindowMax = Often, OrderWindowMs = 1 },
            Accounts = FrozenDictionary<AccountName, AccountLimitsConfiguration>.Empty,
            Instruments = [],
            GroupPositionValueMax = Assets[..0].ToFrozenDictionary(asset => asset, _ => 1m * Funds),
            FirmPositionValueMax = null,
            AccountsMax = Few,
            InstrumentsMax = Few,
            OrdersHeldMax = OrdersHeldMax,
            TransfersHeldMax = Few,
            ProducersMax = Few,
            RingCapacityBytes = RingBytes,
            BusyRingCapacityBytes = RingBytes,
            ValuationAsset = "USDT",
        },
        Deployment = configuration.Deployment with
        {
            Log = configuration.Deployment.Log with { HeadBytes = LogBytes, SegmentBytes = LogBytes },
        },
    };

    private static ExchangeConfiguration Exchange(string name, string kind) => new()
    {
        Name = name,
        Kind = kind,
        RestUri = new("about:blank"),
        WebSocketApiUri = new("about:blank"),
        StreamUri = new("about:blank"),
        RecvWindowMs = 0,
        TopOfBookIntervalMs = 0,
        Listings =
        [
            new()
            {
                Symbol = Symbol,
                Market = Market.Spot,
                ExchangeSymbol = "BTCUSDT",
                BaseAsset = "BTC",
                QuoteAsset = "USDT",
                PriceDecimals = 2,
                QuantityDecimals = 5,
                OpeningPrice = kind == ExchangeConfiguration.InternalKind ? 50_000 : null,
                MakerFeePpm = 100,
                TakerFeePpm = 400,
            },
        ],
    };

    private static AccountConfiguration Account(string exchange, string name) => new()
    {
        Name = new AccountName(exchange, name),
        Type = AccountType.Main,
        OwnerGroup = $"{exchange}/{name}",
        OpeningBalances = (exchange == Internal ? Assets : Assets[..0])
            .ToFrozenDictionary(asset => asset, _ => 1m * Funds),
        Markets = MarketFlags.Spot,
        PositionMaxUsdt = 1_000_000_000,
    };
}
