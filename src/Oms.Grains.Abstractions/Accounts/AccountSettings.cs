using Oms.Domain.Configuration;
using Oms.Domain.Instruments;

namespace Oms.Grains.Accounts;

/// <summary>What configuration says of an account.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.AccountSettings")]
public sealed record AccountSettings
{
    [Id(0)]
    public required AccountType Type { get; init; }

    /// <summary>The main account, <c>exchange/account</c>; empty where there is none.</summary>
    [Id(1)]
    public required string Parent { get; init; }

    /// <summary>Accounts of a group never trade with each other.</summary>
    [Id(2)]
    public required string OwnerGroup { get; init; }

    /// <summary>Empty where none.</summary>
    [Id(3)]
    public required string Strategy { get; init; }

    /// <summary>Those that are enabled.</summary>
    [Id(4)]
    public required MarketFlags Markets { get; init; }

    /// <summary>Where the exchange keys lie; empty for the default place.</summary>
    [Id(5)]
    public required string KeyPath { get; init; }
}
