using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Domain.Messages;
using Oms.Exchanges.Binance.Budget;

namespace Oms.Exchanges.Binance.Futures;

/// <summary>
/// Tells the exchange that the account's connector lives; when it was not told for long enough, the exchange cancels
/// the account's open orders of a symbol by itself (<c>countdownCancelAll</c>, weight 10 a symbol, 2026-07; whether
/// conditional orders are among them is not documented). Nothing is told at an end: whoever is started again in time
/// tells on.
/// </summary>
/// <param name="period">Of silence before the exchange acts; zero for never.</param>
internal sealed class DeadMansSwitch(
    RestClient rest, ListingCatalog listings, AccountCredentials account, TimeSpan period, TimeProvider time,
    ILogger logger)
{
    private const string Path = "/fapi/v1/countdownCancelAll";

    /// <summary>One that is lost leaves the next to come in time.</summary>
    private readonly TimeSpan _interval = period / FuturesConfiguration.DeadMansSwitchTimes;

    /// <summary>Each listing by itself: a slow answer of one holds up no other.</summary>
    public Task Run(CancellationToken cancellation) => period <= TimeSpan.Zero
        ? Task.CompletedTask
        : Task.WhenAll(listings.Listings.Select(listing => KeepTelling(listing, cancellation)));

    private async Task KeepTelling(InstrumentDefined listing, CancellationToken cancellation)
    {
        string symbol = listing.ExchangeSymbol.ToString();
        using var timer = new PeriodicTimer(_interval, time);
        do
        {
            if (await FailureOfTelling(symbol, cancellation) is { } failure)
            {
                Log.SwitchNotTold(logger, account.Name, symbol, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <returns>Why the exchange may not know; null where it does.</returns>
    private async Task<string?> FailureOfTelling(string symbol, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            return await Tell(symbol, either.Token) switch
            {
                Outcome<byte[]>.Refused refused => refused.Text,
                Outcome<byte[]>.Unknown unknown => unknown.Text,
                _ => null,
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The next one is due: waiting for this answer longer would only hold it up.
            return $"no answer within {_interval.TotalMilliseconds:0} ms";
        }
    }

    private Task<Outcome<byte[]>> Tell(string symbol, CancellationToken cancellation)
    {
        RequestParameters parameters = new RequestParameters()
            .Add("symbol", symbol).Add("countdownTime", (long)period.TotalMilliseconds);
        return rest.Send(
            new(HttpMethod.Post, Path, parameters, RequestLane.Cancel, account)
            {
                Weight = FuturesConfiguration.DeadMansSwitchWeight, WaitMax = _interval,
            },
            body => body,
            cancellation);
    }
}
