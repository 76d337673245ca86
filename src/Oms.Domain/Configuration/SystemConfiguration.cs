using System.Collections.Immutable;

namespace Oms.Domain.Configuration;

/// <summary>Everything that <c>configs/</c> says, validated.</summary>
public sealed record SystemConfiguration
{
    public required ImmutableArray<AccountConfiguration> Accounts { get; init; }

    public required AccountRoutingConfiguration AccountRouting { get; init; }

    public required ImmutableArray<ExchangeConfiguration> Exchanges { get; init; }

    public required LimitsConfiguration Limits { get; init; }

    public required DeploymentConfiguration Deployment { get; init; }
}
