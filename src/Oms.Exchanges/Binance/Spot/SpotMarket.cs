using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Domain.Orders;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance.Spot;

/// <summary>
/// Binance Spot: orders and private stream over the WebSocket API, evidence over REST, books over streams.
/// </summary>
internal sealed class SpotMarket : IExchange
{
    public static readonly RestDialect Dialect = new("/api/v3/time", ErrorTable.Spot);

    public static readonly RulesDialect Rules =
        new("/api/v3/exchangeInfo", TakesSymbols: true, Weight: 20, CanAmend: OrderAmendment.SmallerQuantity);

    public static readonly DepthDialect DepthDialect = new("", "/api/v3/depth", SnapshotWeight: 50, IsChained: false);

    private readonly ExchangeConfiguration _configuration;
    private readonly ListingCatalog _listings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly UserNumbers _users = new();

    public SpotMarket(
        ExchangeConfiguration configuration, ListingCatalog listings, TimeProvider time,
        ILoggerFactory loggers)
    {
        (_configuration, _listings, _time) = (configuration, listings, time);
        _logger = loggers.CreateLogger<SpotMarket>();
        Rests = new(
            configuration.Name, configuration.RestUri, Dialect, RateLimits.Spot(), configuration.RecvWindowMs, time,
            _logger);
        Instruments = new InstrumentRules(Rests.Unbound, Rests.Limits, listings, Rules, _logger);
        Books = new DepthStreams(
            configuration.Name, configuration.StreamUri, DepthDialect, Rests.Unbound, listings, time, _logger);
    }

    /// <summary>Reach the market's host.</summary>
    public RestClients Rests { get; }

    public IInstruments Instruments { get; }

    public IBooks Books { get; }

    public IExchangeAccount OpenAccount(ImmutableArray<AccountCredentials> credentials)
    {
        AccountCredentials account = credentials.Single();
        RestClient rest = Rests.Of(account);
        var channel = new OrderChannel(
            _configuration.Name, _configuration.OrdersBySocket ? _configuration.WebSocketApiUri : null, rest, account,
            _configuration.RecvWindowMs, _time, _logger);
        return new SpotAccount(
            rest, channel, _listings, account, _users, OrderAge.Of(_configuration, _time), _logger);
    }

    /// <summary>A key of futures tells the account's number too: it is of the whole account.</summary>
    public void Know(AccountCredentials account) => _users.Know(account);

    public ITransfers? OpenTransfers(AccountCredentials main) =>
        new SpotTransfers(Rests, _listings, main, _users);

    /// <summary>One connection for the accounts of each source address.</summary>
    public IPrivateStream OpenPrivateStream(ImmutableArray<AccountCredentials> accounts) => new PrivateStreams(
        accounts.GroupBy(account => account.Source).Select(group => new UserDataStream(
            _configuration, Rests.Of(group.First()), _listings, [.. group], _time, _logger)));

    public void Dispose() => Rests.Dispose();
}
