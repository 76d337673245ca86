namespace Oms.Grains.Risk;

/// <summary>What the configuration files say of an account, a group or the firm.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.ConfiguredLimits")]
public sealed record ConfiguredLimits
{
    [Id(0)]
    public required LimitKey Key { get; init; }

    [Id(1)]
    public required LimitSet Limits { get; init; }
}
