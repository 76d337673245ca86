using Oms.Domain.Instruments;

namespace Oms.Grains.Accounts;

/// <summary>What an account holds of an asset after the event of this sequence.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.BalanceUpdate")]
public sealed record BalanceUpdate
{
    [Id(0)]
    public required long Sequence { get; init; }

    [Id(1)]
    public required long UnixNanos { get; init; }

    [Id(2)]
    public required Market Wallet { get; init; }

    [Id(3)]
    public required string Asset { get; init; }

    [Id(4)]
    public required decimal Free { get; init; }

    [Id(5)]
    public required decimal Reserved { get; init; }

    [Id(6)]
    public required decimal InTransit { get; init; }
}
