namespace Oms.Grains.Strategies;

/// <summary>
/// Whether a strategy of <c>configs/strategies.yaml</c> is wanted to run, by its name, and how it is. The strategy
/// itself runs on a thread of the silo that hosts the grain, beside FastPath: no call of a grain is on its way.
/// </summary>
[Alias("Oms.Grains.IStrategyGrain")]
public interface IStrategyGrain : IGrainWithStringKey
{
    /// <summary>Wants it to run, now and after every restart; runs it where it does not.</summary>
    [Alias("Start")]
    Task<StrategyView> Start();

    /// <summary>Wants it not to run; it cancels what it has at the market.</summary>
    [Alias("Stop")]
    Task<StrategyView> Stop();

    /// <summary>Brings a strategy that is wanted and died back to life, and says how it is.</summary>
    [Alias("Watch")]
    Task<StrategyView> Watch();
}
