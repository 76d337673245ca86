using System.Collections.Immutable;

namespace Oms.Grains.Rebalancing;

/// <summary>What configuration says of the balances of a family.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.RebalanceSettings")]
public sealed record RebalanceSettings
{
    /// <summary>What is moved, and in which balances are valued.</summary>
    [Id(0)]
    public required string Asset { get; init; }

    /// <summary>What the main account keeps of it.</summary>
    [Id(1)]
    public required decimal MainBalanceMin { get; init; }

    /// <summary>Nothing below it is moved.</summary>
    [Id(2)]
    public required decimal TransferMin { get; init; }

    /// <summary>When, in five fields of cron, UTC; empty for never by itself.</summary>
    [Id(3)]
    public required string Cron { get; init; }

    [Id(4)]
    public required ImmutableArray<RebalanceSub> Subs { get; init; }

    /// <summary>By what they say: two that are made of the same configuration are equal.</summary>
    public bool Equals(RebalanceSettings? other) => other is not null
        && (Asset, MainBalanceMin, TransferMin, Cron)
            == (other.Asset, other.MainBalanceMin, other.TransferMin, other.Cron)
        && Subs.SequenceEqual(other.Subs);

    public override int GetHashCode() => HashCode.Combine(Asset, MainBalanceMin, TransferMin, Cron, Subs.Length);
}
