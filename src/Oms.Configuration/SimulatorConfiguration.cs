using System.Collections.Frozen;
using Oms.Domain.Accounts;

namespace Oms.Configuration;

/// <summary><c>configs/simulator.yaml</c>: what the exchange simulator starts with.</summary>
public sealed record SimulatorConfiguration
{
    /// <summary>Seed of the random walk that moves prices where there is no recording.</summary>
    public required int Seed { get; init; }

    /// <summary>Amount by asset, by account.</summary>
    public required FrozenDictionary<AccountName, FrozenDictionary<string, decimal>> Balances { get; init; }
}
