using Oms.Domain.Configuration;
using Oms.Grains.Accounts;

namespace Oms.Grains.Portfolio;

/// <summary>
/// An account in the portfolio, in its currency. What has no price counts as nothing and is named.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.PortfolioAccount")]
public sealed record PortfolioAccount
{
    [Id(0)]
    public required string Account { get; init; }

    /// <summary>Null until a silo read the configuration.</summary>
    [Id(1)]
    public AccountType? Type { get; init; }

    [Id(2)]
    public required AccountCondition Condition { get; init; }

    /// <summary>Of the account's last event that balances and positions both reflect.</summary>
    [Id(3)]
    public required long LastSequence { get; init; }

    /// <summary>Balances and unrealised P&amp;L of futures.</summary>
    [Id(4)]
    public required decimal Equity { get; init; }

    /// <summary>Fees not included.</summary>
    [Id(5)]
    public required decimal RealizedPnl { get; init; }

    [Id(6)]
    public required decimal UnrealizedPnl { get; init; }

    [Id(7)]
    public required decimal Fees { get; init; }

    /// <summary>Received less paid.</summary>
    [Id(8)]
    public required decimal Funding { get; init; }
}
