using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Domain.Orders;
using Oms.Exchanges.Binance.Budget;
using Oms.Exchanges.Binance.Spot;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// Binance USDⓈ-M Futures: orders over the WebSocket API, evidence over REST, private streams by listen keys, books and
/// marks over streams.
/// </summary>
internal sealed class FuturesMarket : IExchange
{
    public static readonly RestDialect Dialect = new("/fapi/v1/time", ErrorTable.Futures);

    public static readonly RulesDialect Rules =
        new("/fapi/v1/exchangeInfo", TakesSymbols: false, Weight: 1, CanAmend: OrderAmendment.PriceAndQuantity);

    public static readonly DepthDialect DepthDialect =
        new("/public", "/fapi/v1/depth", SnapshotWeight: 20, IsChained: true);

    private readonly ListingCatalog _listings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RestClients _rests;
    private readonly RestClients _wallets;
    private readonly bool _ownsWallets;
    private readonly OrderAge _age;
    private readonly string _name;
    private readonly Uri _streamUri;
    private readonly Uri? _orderUri;
    private readonly int _recvWindowMs;
    private readonly TimeSpan _deadMansSwitch;

    /// <param name="wallets">Reach the host of spot, within its budget; null makes some for what is asked here.</param>
    public FuturesMarket(
        ExchangeConfiguration configuration, ListingCatalog listings, TimeProvider time, ILoggerFactory loggers,
        RestClients? wallets = null)
    {
        FuturesConfiguration futures = configuration.Futures
            ?? throw new NotSupportedException(
                $"exchange {configuration.Name}: it is not said where futures are reached");
        (_name, _streamUri, _listings, _time) = (configuration.Name, futures.StreamUri, listings, time);
        (_orderUri, _recvWindowMs) =
            (configuration.OrdersBySocket ? futures.WebSocketApiUri : null, configuration.RecvWindowMs);
        _deadMansSwitch = TimeSpan.FromMilliseconds(futures.DeadMansSwitchMs);
        _logger = loggers.CreateLogger<FuturesMarket>();
        _age = OrderAge.Of(configuration, time);
        _rests = new(
            _name, futures.RestUri, Dialect, RateLimits.Futures(), configuration.RecvWindowMs, time, _logger);
        _ownsWallets = wallets is null;
        _wallets = wallets ?? new(
            _name, configuration.RestUri, SpotMarket.Dialect, RateLimits.Spot(), configuration.RecvWindowMs, time,
            _logger);
        Instruments = new InstrumentRules(_rests.Unbound, _rests.Limits, listings, Rules, _logger);
        Books = new FuturesPrices(
            _name, _streamUri,
            new DepthStreams(_name, _streamUri, DepthDialect, _rests.Unbound, listings, time, _logger),
            listings, time, _logger);
    }

    public IInstruments Instruments { get; }

    public IBooks Books { get; }

    public IExchangeAccount OpenAccount(ImmutableArray<AccountCredentials> credentials) =>
        Open(credentials.Single());

    /// <summary>Nothing here names another account.</summary>
    public void Know(AccountCredentials account)
    {
    }

    /// <summary>Wallets of futures are filled and emptied by the transfers of spot.</summary>
    public ITransfers? OpenTransfers(AccountCredentials main) => null;

    public IPrivateStream OpenPrivateStream(ImmutableArray<AccountCredentials> accounts) => new PrivateStreams(
        accounts.Select(account => new ListenKeyStream(
            _name, _streamUri, _rests.Of(account), Open(account), _listings, account, _time, _logger)));

    public void Dispose()
    {
        _rests.Dispose();
        if (_ownsWallets)
        {
            _wallets.Dispose();
        }
    }

    private FuturesAccount Open(AccountCredentials account)
    {
        RestClient rest = _rests.Of(account);
        return new(
            rest,
            _wallets.Of(account),
            new OrderChannel(_name, _orderUri, rest, account, _recvWindowMs, _time, _logger),
            _listings,
            account,
            _time,
            _age,
            new DeadMansSwitch(rest, _listings, account, _deadMansSwitch, _time, _logger),
            _logger);
    }
}
