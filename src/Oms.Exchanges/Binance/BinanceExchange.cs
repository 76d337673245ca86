using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;

namespace Oms.Exchanges.Binance;

/// <summary>
/// Binance Spot: orders and evidence over REST, private stream over the WebSocket API, books over streams.
/// </summary>
public sealed class BinanceExchange : IExchange
{
    public const string Kind = "binance";

    private readonly ExchangeConfiguration _configuration;
    private readonly ListingCatalog _listings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RestClient _rest;
    private readonly UserNumbers _users = new();

    public BinanceExchange(
        ExchangeConfiguration configuration, ListingCatalog listings, TimeProvider time,
        ILoggerFactory loggers)
    {
        (_configuration, _listings, _time) = (configuration, listings, time);
        _logger = loggers.CreateLogger<BinanceExchange>();
        _rest = new(configuration.Name, configuration.RestUri, configuration.RecvWindowMs, time, _logger);
        Instruments = new InstrumentRules(_rest, listings, _logger);
        Books = new DepthStreams(configuration, _rest, listings, time, _logger);
    }

    public IInstruments Instruments { get; }

    public IBooks Books { get; }

    public IExchangeAccount OpenAccount(AccountCredentials credentials) =>
        new BinanceAccount(_rest, _listings, credentials, _users, _logger);

    public ITransfers OpenTransfers(AccountCredentials main) =>
        new BinanceTransfers(_rest, _listings, main, _users);

    public IPrivateStream OpenPrivateStream(ImmutableArray<AccountCredentials> accounts) =>
        new UserDataStream(_configuration, _rest, _listings, accounts, _time, _logger);

    public void Dispose() => _rest.Dispose();
}
