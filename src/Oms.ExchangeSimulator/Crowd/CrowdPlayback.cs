using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Crowd;

/// <summary>Plays a crowd into its market at the source's own pace, times the speed.</summary>
internal sealed class CrowdPlayback(
    ExchangeCore exchange,
    Market market,
    ICrowd crowd,
    decimal speed,
    TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        long start = clock.GetTimestamp();
        long? firstMs = null;
        foreach (CrowdStep step in crowd.Steps())
        {
            firstMs ??= step.AtMs;
            TimeSpan due = TimeSpan.FromMilliseconds((double)((step.AtMs - firstMs.Value) / speed));
            TimeSpan early = due - clock.GetElapsedTime(start);
            if (early > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(early, clock, stoppingToken);
            }

            stoppingToken.ThrowIfCancellationRequested();
            exchange.Apply(market, step);
        }
    }
}
