using System.Collections.Immutable;
using Oms.Grains.Risk;

namespace Oms.Grains.Accounts;

/// <summary>
/// What happened to an account from one of its sequences to another, and nothing else did in between.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.AccountBatch")]
public sealed record AccountBatch
{
    /// <summary>Of the account's first event that the batch covers.</summary>
    [Id(0)]
    public required long FirstSequence { get; init; }

    /// <summary>Of the last; events without interest to this grain count too.</summary>
    [Id(1)]
    public required long LastSequence { get; init; }

    [Id(2)]
    public required ImmutableArray<BalanceUpdate> Balances { get; init; }

    [Id(3)]
    public required ImmutableArray<GateUpdate> Gates { get; init; }

    [Id(4)]
    public ImmutableArray<HaltUpdate> Halts { get; init; } = [];
}
