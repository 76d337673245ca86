using System.Net;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Rfc8032 = Org.BouncyCastle.Math.EC.Rfc8032;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Oms.Domain.Configuration;
using Oms.Domain.Ids;
using Oms.Domain.Instruments;
using Oms.Domain.Messages;
using Oms.Domain.Orders;
using Oms.Domain.Text;
using Oms.Domain.Time;
using Oms.Exchanges.Binance;
using Oms.Exchanges.Binance.Budget;
using Oms.Exchanges.Binance.Spot;

namespace Oms.Exchanges.Tests;

/// <summary>Listings, accounts and orders that tests use.</summary>
internal static class Some
{
    public const string DocumentedSecret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";

    /// <summary>When a test's orders are made, and its clock begins.</summary>
    public static readonly DateTimeOffset Began = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    public static readonly InstrumentId Bitcoin = new(1);
    public static readonly AssetId BitcoinAsset = new(1);
    public static readonly AssetId Tether = new(2);
    public static readonly OrderId Order = OrderId.Of(0, 1, 7);

    public static InstrumentDefined Listing(
        uint id, string symbol, byte priceDecimals, byte quantityDecimals, uint baseAsset =
            1, uint quoteAsset = 2, Market market = Market.Spot) =>
        new()
        {
            Header = MessageHeader.For<InstrumentDefined>(),
            InstrumentId = new(id),
            BaseAssetId = new(baseAsset),
            QuoteAssetId = new(quoteAsset),
            Market = market,
            PriceDecimals = priceDecimals,
            QuantityDecimals = quantityDecimals,
            IsMatchedHere = 0,
            Exchange = Text16.Of("binance"),
            Symbol = Text32.Of(symbol),
            ExchangeSymbol = Text32.Of(symbol),
        };

    public static AssetDefined Asset(uint id, string name) => new()
    {
        Header = MessageHeader.For<AssetDefined>(),
        AssetId = new(id),
        Decimals = 8,
        Name = Text16.Of(name),
    };

    public static ListingCatalog Catalog() => new(
        [Listing(1, "BTCUSDT", 2, 5), Listing(2, "ETHBTC", 8, 8, 3, 1)],
        [Asset(1, "BTC"), Asset(2, "USDT"), Asset(3, "ETH")]);

    public static ListingCatalog Futures() => new(
        [Listing(1, "BTCUSDT", 1, 3, market: Market.Futures), Listing(2, "ETHUSDT", 2, 3, 3, 2, Market.Futures)],
        [Asset(1, "BTC"), Asset(2, "USDT"), Asset(3, "ETH")]);

    public static SigningKey Hmac(string secret, string apiKey = "key") => new(
        apiKey,
        SigningKind.HmacSha256,
        (message, destination) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message, destination));

    /// <param name="pem">PKCS 8, as <c>openssl genpkey -algorithm ed25519</c> writes it.</param>
    public static SigningKey Ed25519(string pem, string apiKey = "key")
    {
        using var reader = new PemReader(new StringReader(pem));
        var key = (Ed25519PrivateKeyParameters)reader.ReadObject();
        return new(apiKey, SigningKind.Ed25519, (message, destination) =>
        {
            byte[] signature = new byte[Ed25519PrivateKeyParameters.SignatureSize];
            byte[] bytes = message.ToArray();
            key.Sign(Rfc8032.Ed25519.Algorithm.Ed25519, null, bytes, 0, bytes.Length, signature, 0);
            signature.CopyTo(destination);
            return signature.Length;
        });
    }

    public static AccountCredentials Account(
        uint id = 1, Market market = Market.Spot, IPAddress? source = null) => new(
        new(id), new("binance", $"account_{id}"), market, Hmac($"secret{id}", $"key{id}"))
    {
        Source = source,
    };

    /// <summary>A client of one of spot's REST hosts.</summary>
    public static RestClient Rest(Uri uri, TimeProvider time) => new(
        "binance", uri, SpotMarket.Dialect, new ExchangeClock(time), RateLimits.Spot(), null, 5000, time,
        NullLogger.Instance);

    public static ExchangeConfiguration Exchange(Uri uri) => new()
    {
        Name = "binance",
        Kind = "binance",
        RestUri = uri,
        WebSocketApiUri = new UriBuilder(uri) { Scheme = "ws", Path = "/ws-api/v3" }.Uri,
        StreamUri = new UriBuilder(uri) { Scheme = "ws" }.Uri,
        Futures = new() { RestUri = uri, StreamUri = new UriBuilder(uri) { Scheme = "ws" }.Uri },
        RecvWindowMs = 5000,
        TopOfBookIntervalMs = 10,
        Listings = [],
    };

    public static SubmitOrder Submit(
        OrderType type =
            OrderType.Limit, TimeInForce timeInForce = TimeInForce.GoodTillCancel, long number = 7,
        DateTimeOffset? at = null) => new()
        {
            Header = MessageHeader.For<SubmitOrder>(new(1)) with { UnixNanos = UnixNanos.Of(at ?? Began).Value },
            Session = 1,
            OrderId = OrderId.Of(0, 1, number),
            InstrumentId = Bitcoin,
            Terms = new OrderTerms
            {
                Side = Side.Buy,
                Type = type,
                TimeInForce = timeInForce,
                Price = type == OrderType.Market ? 0 : 50_000_10,
                Quantity = 1_000,
            },
            Stamps = default,
        };

    public static ResolveOrder Resolve() => new()
    {
        Header = MessageHeader.For<ResolveOrder>(new(1)),
        Session = 1,
        OrderId = Order,
        InstrumentId = Bitcoin,
        IntentUnixNanos = 0,
        EvidenceId = 0,
        ExchangeOrderId = 0,
    };

    public static SubmitAmend Amend(long exchangeOrderId, long quantity) => new()
    {
        Header = MessageHeader.For<SubmitAmend>(new(1)) with { UnixNanos = UnixNanos.Of(Began).Value },
        Session = 1,
        OrderId = Order,
        ExchangeOrderId = exchangeOrderId,
        InstrumentId = Bitcoin,
        Terms = Submit().Terms with { Quantity = quantity },
    };

    public static SubmitCancel Cancel(long exchangeOrderId = 0) => new()
    {
        Header = MessageHeader.For<SubmitCancel>(new(1)),
        Session = 1,
        OrderId = Order,
        ExchangeOrderId = exchangeOrderId,
        InstrumentId = Bitcoin,
        Halt = 0,
    };
}
