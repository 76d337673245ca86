using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance;

/// <summary>
/// The REST client of each address of this host from which a market is reached: the exchange counts requests by
/// address. They share the market's clock and limits.
/// </summary>
internal sealed class RestClients : IDisposable
{
    private readonly ConcurrentDictionary<IPAddress, RestClient> _bySource = new();
    private readonly Func<IPAddress?, RestClient> _make;

    public RestClients(
        string exchange, Uri uri, RestDialect dialect, RateLimits limits, int recvWindowMs, TimeProvider time,
        ILogger logger)
    {
        var clock = new ExchangeClock(time);
        Limits = limits;
        _make = source => new(exchange, uri, dialect, clock, limits, source, recvWindowMs, time, logger);
        Unbound = _make(null);
    }

    public RateLimits Limits { get; }

    /// <summary>From whichever address the system takes.</summary>
    public RestClient Unbound { get; }

    /// <exception cref="NotSupportedException">This host does not have the account's address.</exception>
    public RestClient Of(AccountCredentials account) =>
        account.Source is { } source ? _bySource.GetOrAdd(source, MakeBound) : Unbound;

    public void Dispose()
    {
        Unbound.Dispose();
        foreach (RestClient bound in _bySource.Values)
        {
            bound.Dispose();
        }
    }

    private RestClient MakeBound(IPAddress source)
    {
        SourceAddress.Check(source);
        return _make(source);
    }
}
