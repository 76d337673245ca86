namespace Oms.Grains.Rebalancing;

/// <summary>Why money is moved.</summary>
public enum RebalancePurpose
{
    /// <summary>What a sub-account has above its maximum, to the main account.</summary>
    Collection = 1,

    /// <summary>What the main account has above its minimum, to sub-accounts.</summary>
    Distribution = 2,
}
