using System.Collections.Immutable;

namespace Oms.Domain.Configuration;

/// <summary>Everything that <c>configs/</c> says, validated.</summary>
public sealed record SystemConfiguration
{
    public required ImmutableArray<AccountConfiguration> Accounts { get; init; }

    public required AccountRoutingConfiguration AccountRouting { get; init; }

    public required ImmutableArray<ExchangeConfiguration> Exchanges { get; init; }

    /// <summary>The accounts whose orders go to an exchange, and need its keys.</summary>
    public IEnumerable<AccountConfiguration> AccountsAtExchanges => Accounts.Where(account =>
        Exchanges.Any(exchange => exchange.Name == account.Name.Exchange && !exchange.IsMatchedHere));

    public required LimitsConfiguration Limits { get; init; }

    public required DeploymentConfiguration Deployment { get; init; }

    /// <summary>In the order of the file: the place of a strategy is the number of its rings.</summary>
    public ImmutableArray<StrategyConfiguration> Strategies { get; init; } = [];
}
