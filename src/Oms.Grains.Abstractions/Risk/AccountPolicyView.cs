using System.Collections.Immutable;

namespace Oms.Grains.Risk;

/// <summary>What the policy says of an account.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.AccountPolicyView")]
public sealed record AccountPolicyView
{
    /// <summary>Null where nobody configured the account.</summary>
    [Id(0)]
    public LimitView? Limits { get; init; }

    /// <summary>In force: its own, its exchange's and the firm's.</summary>
    [Id(1)]
    public required ImmutableArray<HaltView> Halts { get; init; }
}
