using System.Collections.Immutable;

namespace Oms.Grains.Accounts;

/// <summary>How an account is, and why.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.AccountHealth")]
public sealed record AccountHealth
{
    [Id(0)]
    public required AccountCondition Condition { get; init; }

    /// <summary>All that holds, the worst first; one at least.</summary>
    [Id(1)]
    public required ImmutableArray<ConditionReason> Reasons { get; init; }
}
