using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Publishes the changes of the books ten times a second, and once a second.</summary>
internal sealed class DepthPublication(SpotExchange exchange, TimeProvider clock) : BackgroundService
{
    private const int SlowEvery = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100), clock);
        for (int round = 1; await timer.WaitForNextTickAsync(stoppingToken); round = (round + 1) % SlowEvery)
        {
            exchange.PublishDepth(DepthSpeed.Every100Ms);
            if (round == 0)
            {
                exchange.PublishDepth(DepthSpeed.Every1000Ms);
            }
        }
    }
}
