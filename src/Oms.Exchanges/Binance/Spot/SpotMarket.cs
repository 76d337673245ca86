using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;

namespace Oms.Exchanges.Binance.Spot;

/// <summary>
/// Binance Spot: orders and private stream over the WebSocket API, evidence over REST, books over streams.
/// </summary>
internal sealed class SpotMarket : IExchange
{
    public static readonly RestDialect Dialect = new("/api/v3/time", ErrorTable.Spot);

    public static readonly RulesDialect Rules = new("/api/v3/exchangeInfo", TakesSymbols: true, CanAmend: false);

    /// <summary>Snapshots of weight 50 of 6,000 a minute.</summary>
    public static readonly DepthDialect DepthDialect = new("", "/api/v3/depth", IsChained: false);

    private readonly ExchangeConfiguration _configuration;
    private readonly ListingCatalog _listings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RestClient _rest;
    private readonly UserNumbers _users = new();

    public SpotMarket(
        ExchangeConfiguration configuration, ListingCatalog listings, TimeProvider time,
        ILoggerFactory loggers)
    {
        (_configuration, _listings, _time) = (configuration, listings, time);
        _logger = loggers.CreateLogger<SpotMarket>();
        _rest = new(
            configuration.Name, configuration.RestUri, Dialect, configuration.RecvWindowMs, time, _logger);
        Instruments = new InstrumentRules(_rest, listings, Rules, _logger);
        Books = new DepthStreams(
            configuration.Name, configuration.StreamUri, DepthDialect, _rest, listings, time, _logger);
    }

    public IInstruments Instruments { get; }

    public IBooks Books { get; }

    public IExchangeAccount OpenAccount(ImmutableArray<AccountCredentials> credentials)
    {
        AccountCredentials account = credentials.Single();
        var channel = new OrderChannel(
            _configuration.Name, _configuration.OrdersBySocket ? _configuration.WebSocketApiUri : null, _rest, account,
            _configuration.RecvWindowMs, _time, _logger);
        return new SpotAccount(_rest, channel, _listings, account, _users, _logger);
    }

    /// <summary>A key of futures tells the account's number too: it is of the whole account.</summary>
    public void Know(AccountCredentials account) => _users.Know(account);

    public ITransfers? OpenTransfers(AccountCredentials main) => new SpotTransfers(_rest, _listings, main, _users);

    public IPrivateStream OpenPrivateStream(ImmutableArray<AccountCredentials> accounts) =>
        new UserDataStream(_configuration, _rest, _listings, accounts, _time, _logger);

    public void Dispose() => _rest.Dispose();
}
