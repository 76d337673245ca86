using Microsoft.Extensions.Logging;
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
    private const int Weight = 10;

    /// <summary>Two may be lost, and the third still comes in time.</summary>
    private const int TimesPerPeriod = 3;

    public async Task Run(CancellationToken cancellation)
    {
        if (period <= TimeSpan.Zero || listings.Listings.IsEmpty)
        {
            return;
        }

        using var timer = new PeriodicTimer(period / TimesPerPeriod, time);
        do
        {
            await Task.WhenAll(listings.Listings.Select(listing => Tell(listing, cancellation)));
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private async Task Tell(InstrumentDefined listing, CancellationToken cancellation)
    {
        string symbol = listing.ExchangeSymbol.ToString();
        RequestParameters parameters = new RequestParameters()
            .Add("symbol", symbol).Add("countdownTime", (long)period.TotalMilliseconds);
        Outcome<byte[]> outcome = await rest.Send(
            new(HttpMethod.Post, Path, parameters, RequestLane.Cancel, account)
            {
                Weight = Weight, WaitMax = period / TimesPerPeriod,
            },
            body => body,
            cancellation);
        if (outcome is not Outcome<byte[]>.Accepted)
        {
            Log.SwitchNotTold(logger, account.Name, symbol, outcome switch
            {
                Outcome<byte[]>.Refused refused => refused.Text,
                Outcome<byte[]>.Unknown unknown => unknown.Text,
                _ => "",
            });
        }
    }
}
