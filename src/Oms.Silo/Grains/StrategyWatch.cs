using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Oms.Domain.Configuration;
using Oms.Grains.Strategies;
using Oms.Silo.Control;

namespace Oms.Silo.Grains;

/// <summary>Brings strategies that are wanted and do not run to life, wherever their grains are now.</summary>
internal sealed class StrategyWatch(
    IGrainFactory grains, ImmutableArray<StrategyConfiguration> strategies, ILogger<StrategyWatch> logger)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <summary>Returns when it is canceled.</summary>
    public Task RunAsync(CancellationToken cancellation) =>
        Repeated.RunAsync("strategies", LookInterval, logger, WatchAsync, cancellation);

    private async Task WatchAsync(CancellationToken cancellation)
    {
        foreach (StrategyConfiguration strategy in strategies)
        {
            _ = await grains.GetGrain<IStrategyGrain>(strategy.Name).Watch().WaitAsync(cancellation);
        }
    }
}
