using Oms.Domain.Instruments;

namespace Oms.Grains.Accounts;

/// <summary>What an account holds of an asset, as last known, and since when.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.BalanceView")]
public sealed record BalanceView
{
    [Id(0)]
    public required Market Wallet { get; init; }

    [Id(1)]
    public required string Asset { get; init; }

    [Id(2)]
    public required decimal Free { get; init; }

    [Id(3)]
    public required decimal Reserved { get; init; }

    [Id(4)]
    public required decimal InTransit { get; init; }

    /// <summary>When FastPath last changed it.</summary>
    [Id(5)]
    public required long UnixNanos { get; init; }
}
