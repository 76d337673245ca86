using System.Collections.Immutable;
using Oms.Domain.Accounts;
using Oms.Grains.Risk;

namespace Oms.Grains.Accounts;

/// <summary>An account as the events up to <see cref="LastSequence"/> left it.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.AccountView")]
public sealed record AccountView
{
    [Id(0)]
    public required string Account { get; init; }

    /// <summary>Of the stored state's shape.</summary>
    [Id(1)]
    public required int StateVersion { get; init; }

    /// <summary>Of the last event applied; 0 for none.</summary>
    [Id(2)]
    public required long LastSequence { get; init; }

    [Id(3)]
    public required AccountGate Gate { get; init; }

    [Id(4)]
    public required GateReason GateReason { get; init; }

    /// <summary>When the gate moved last; 0 when it never did.</summary>
    [Id(5)]
    public required long GateUnixNanos { get; init; }

    /// <summary>By wallet and asset.</summary>
    [Id(6)]
    public required ImmutableArray<BalanceView> Balances { get; init; }

    /// <summary>Null until a silo read the configuration.</summary>
    [Id(7)]
    public AccountSettings? Settings { get; init; }

    /// <summary>Null where the policy does not know the account.</summary>
    [Id(8)]
    public LimitView? Limits { get; init; }

    [Id(9)]
    public required AccountHealth Health { get; init; }

    [Id(10)]
    public required KeyView Key { get; init; }
}
