namespace Oms.Domain.Configuration;

/// <summary>How a strategy's order finds its account among those that the strategy may use.</summary>
public enum AccountChoice
{
    /// <summary>The one that <c>account_routing</c> names for the strategy.</summary>
    Strategy,

    /// <summary>The one that has most of what the order spends.</summary>
    Balance,

    /// <summary>The one that its exchange lets send most orders now.</summary>
    RequestBudget,

    /// <summary>One after the other.</summary>
    Rotation,
}
