namespace Oms.Grains.Accounts;

/// <summary>How an account is, the worst of what holds.</summary>
public enum AccountCondition
{
    /// <summary>It may trade.</summary>
    Ready = 1,

    /// <summary>What is known of it is being proven by the exchange's evidence.</summary>
    Incomplete = 2,

    /// <summary>Nothing is heard of it: what is known may be old.</summary>
    Stale = 3,

    /// <summary>Nothing that adds risk leaves.</summary>
    Halted = 4,
}
