using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// Binance USDⓈ-M Futures: orders over the WebSocket API, evidence over REST, private streams by listen keys, books and
/// marks over streams.
/// </summary>
internal sealed class FuturesMarket : IExchange
{
    public static readonly RestDialect Dialect = new("/fapi/v1/time", ErrorTable.Futures);

    public static readonly RulesDialect Rules = new("/fapi/v1/exchangeInfo", TakesSymbols: false, CanAmend: true);

    /// <summary>Snapshots of weight 20 of 2,400 a minute.</summary>
    public static readonly DepthDialect DepthDialect = new("/public", "/fapi/v1/depth", IsChained: true);

    private readonly ListingCatalog _listings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RestClient _rest;
    private readonly string _name;
    private readonly Uri _streamUri;
    private readonly Uri? _orderUri;
    private readonly int _recvWindowMs;

    public FuturesMarket(
        ExchangeConfiguration configuration, ListingCatalog listings, TimeProvider time, ILoggerFactory loggers)
    {
        FuturesConfiguration futures = configuration.Futures
            ?? throw new NotSupportedException(
                $"exchange {configuration.Name}: it is not said where futures are reached");
        (_name, _streamUri, _listings, _time) = (configuration.Name, futures.StreamUri, listings, time);
        (_orderUri, _recvWindowMs) =
            (configuration.OrdersBySocket ? futures.WebSocketApiUri : null, configuration.RecvWindowMs);
        _logger = loggers.CreateLogger<FuturesMarket>();
        _rest = new(_name, futures.RestUri, Dialect, configuration.RecvWindowMs, time, _logger);
        Instruments = new InstrumentRules(_rest, listings, Rules, _logger);
        Books = new FuturesPrices(
            _name, _streamUri, new DepthStreams(_name, _streamUri, DepthDialect, _rest, listings, time, _logger),
            listings, time, _logger);
    }

    public IInstruments Instruments { get; }

    public IBooks Books { get; }

    public IExchangeAccount OpenAccount(ImmutableArray<AccountCredentials> credentials) =>
        Open(credentials.Single());

    /// <summary>Wallets of futures are filled and emptied by the transfers of spot.</summary>
    /// <summary>Nothing here names another account.</summary>
    public void Know(AccountCredentials account)
    {
    }

    public ITransfers? OpenTransfers(AccountCredentials main) => null;

    public IPrivateStream OpenPrivateStream(ImmutableArray<AccountCredentials> accounts) => new ListenKeyStreams(
        [.. accounts.Select(account => new ListenKeyStream(
            _name, _streamUri, _rest, Open(account), _listings, account, _time, _logger))]);

    public void Dispose() => _rest.Dispose();

    private FuturesAccount Open(AccountCredentials account) => new(
        _rest,
        new OrderChannel(_name, _orderUri, _rest, account, _recvWindowMs, _time, _logger),
        _listings,
        account,
        _time,
        _logger);
}
