using System.Collections.Frozen;
using System.Collections.Immutable;
using Oms.Domain.Accounts;
using Oms.Domain.Instruments;

namespace Oms.Domain.Configuration;

/// <summary>An internal strategy of <c>configs/strategies.yaml</c>.</summary>
public sealed record StrategyConfiguration
{
    public required string Name { get; init; }

    /// <summary>Which strategy it is, as the silo knows it.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether it is to run without anybody having started it.</summary>
    public required bool IsEnabled { get; init; }

    public required string Exchange { get; init; }

    public required Market Market { get; init; }

    /// <summary><c>BASE/QUOTE</c>.</summary>
    public required string Symbol { get; init; }

    public required AccountChoice Choice { get; init; }

    /// <summary>Those that it may use, one at least.</summary>
    public required ImmutableArray<AccountName> Accounts { get; init; }

    /// <summary>Of the kind's own.</summary>
    public required FrozenDictionary<string, decimal> Parameters { get; init; }
}
