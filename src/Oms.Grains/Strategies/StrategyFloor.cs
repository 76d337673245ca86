using System.Collections.Frozen;
using System.Collections.Immutable;
using Oms.Domain.Configuration;
using Oms.SharedMemory.Regions;

namespace Oms.Grains.Strategies;

/// <summary>Where the strategies of this silo run: what is configured, and what kinds there are.</summary>
public sealed class StrategyFloor(
    ImmutableArray<StrategyConfiguration> strategies,
    SharedRegion region,
    FrozenDictionary<string, Func<StrategyBase>> kinds,
    TimeProvider time)
{
    /// <summary>Every kind that is part of the OMS.</summary>
    public static FrozenDictionary<string, Func<StrategyBase>> Kinds { get; } =
        new Dictionary<string, Func<StrategyBase>> { [MarketMaker.Kind] = () => new MarketMaker() }
            .ToFrozenDictionary();

    /// <summary>Whether configuration wants it to run.</summary>
    internal bool IsEnabled(string name) => strategies.Any(strategy => strategy.Name == name && strategy.IsEnabled);

    /// <summary>Makes a strategy ready to start.</summary>
    /// <exception cref="InvalidOperationException">It is not configured, its kind is not known, or FastPath does not
    /// know what it trades.</exception>
    /// <exception cref="FileNotFoundException">FastPath is not on this host, or has not started yet.</exception>
    internal StrategyRun Prepare(string name)
    {
        int number = strategies.ToList().FindIndex(strategy => strategy.Name == name);
        if (number < 0)
        {
            throw new InvalidOperationException($"{name} is not in strategies.yaml");
        }

        StrategyConfiguration configuration = strategies[number];
        return kinds.TryGetValue(configuration.Kind, out Func<StrategyBase>? make)
            ? new(make(), configuration, number, region, time)
            : throw new InvalidOperationException($"{configuration.Kind} is no kind of strategy");
    }
}
