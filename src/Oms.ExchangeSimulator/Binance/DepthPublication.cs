using Oms.ExchangeSimulator.Exchange;

namespace Oms.ExchangeSimulator.Binance;

/// <summary>Publishes the changes of a market's books at the speeds that it has.</summary>
internal sealed class DepthPublication(ExchangeCore exchange, IEnumerable<DepthSpeed> speeds, TimeProvider clock)
    : BackgroundService
{
    private const int TickMs = 50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(TickMs), clock);
        for (long atMs = TickMs; await timer.WaitForNextTickAsync(stoppingToken); atMs += TickMs)
        {
            foreach (DepthSpeed speed in speeds)
            {
                if (atMs % PeriodMs(speed) == 0)
                {
                    exchange.PublishDepth(speed);
                }
            }
        }
    }

    private static int PeriodMs(DepthSpeed speed) => speed switch
    {
        DepthSpeed.Every100Ms => 100,
        DepthSpeed.Every250Ms => 250,
        DepthSpeed.Every500Ms => 500,
        DepthSpeed.Every1000Ms => 1_000,
    };
}
