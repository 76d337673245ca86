using Oms.Domain.Accounts;

namespace Oms.Grains.Accounts;

/// <summary>Whether an account may trade after the event of this sequence.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.GateUpdate")]
public sealed record GateUpdate
{
    [Id(0)]
    public required long Sequence { get; init; }

    [Id(1)]
    public required long UnixNanos { get; init; }

    [Id(2)]
    public required AccountGate Gate { get; init; }

    [Id(3)]
    public required GateReason Reason { get; init; }
}
