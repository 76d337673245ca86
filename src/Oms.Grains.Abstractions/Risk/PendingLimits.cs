namespace Oms.Grains.Risk;

/// <summary>Limits that FastPath has not confirmed.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.PendingLimits")]
public sealed record PendingLimits
{
    [Id(0)]
    public required LimitKey Key { get; init; }

    [Id(1)]
    public required LimitSet Limits { get; init; }

    [Id(2)]
    public required long Version { get; init; }
}
