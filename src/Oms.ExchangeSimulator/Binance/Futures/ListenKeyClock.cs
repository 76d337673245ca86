using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance.Futures;

/// <summary>Ends the listen keys whose hour is over: it is told once, and then nothing more.</summary>
internal sealed class ListenKeyClock(ListenKeys keys, UserStreams users, ExchangeCore exchange, TimeProvider clock)
    : BackgroundService
{
    public static void Expire(UserStreams users, Account account, string key, long nowMs) =>
        users.End(account, json => FuturesEventJson.ListenKeyExpired(json, key, nowMs));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach ((Account account, string key) in keys.TakeExpired())
            {
                Expire(users, account, key, exchange.NowMs());
            }
        }
    }
}
