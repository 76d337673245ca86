namespace Oms.ExchangeSimulator.Futures;

/// <summary>Ticks the market of futures once a second; funding is paid at whole intervals of the clock.</summary>
internal sealed class FuturesClock(FuturesExchange exchange, TimeProvider clock) : BackgroundService
{
    public const long FundingIntervalMs = 8 * 3_600_000;

    /// <summary>When the next payment is due.</summary>
    public static long NextFundingMs(long nowMs) => ((nowMs / FundingIntervalMs) + 1) * FundingIntervalMs;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1), clock);
        long dueMs = NextFundingMs(exchange.Core.NowMs());
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            long nowMs = exchange.Core.NowMs();
            bool isDue = nowMs >= dueMs;
            dueMs = NextFundingMs(nowMs);
            exchange.Tick(isDue);
        }
    }
}
