using System.Collections.Immutable;

namespace Oms.Grains.Rebalancing;

/// <summary>
/// Spreads the money of a family, by its main account <c>exchange/account</c>: what sub-accounts have above their
/// maximum goes to the main account, what the main account has above its minimum goes to the sub-accounts. What is
/// under way is counted before anything is moved, by whomever it was sent.
/// </summary>
[Alias("Oms.Grains.IRebalancerGrain")]
public interface IRebalancerGrain : IGrainWithStringKey
{
    /// <summary>Takes over what configuration says; the schedule begins then.</summary>
    [Alias("Configure")]
    Task Configure(RebalanceSettings settings);

    /// <summary>What a run would move now. Nothing is moved and nothing is stored.</summary>
    [Alias("Plan")]
    Task<RebalanceView> Plan();

    /// <summary>
    /// Plans, stores the plan, and starts its transfers. A death in the middle repeats none: the ids of a stored plan's
    /// transfers do not change.
    /// </summary>
    /// <param name="by">Who wants it.</param>
    [Alias("Run")]
    Task<RebalanceView> Run(string by);

    /// <summary>The last run; null where there was none.</summary>
    [Alias("GetLastRun")]
    Task<RebalanceView?> GetLastRun();

    /// <summary>Stores how transfers of the family go; what was stored before changes nothing.</summary>
    [Alias("Apply")]
    Task Apply(ImmutableArray<FamilyTransfer> transfers);
}
