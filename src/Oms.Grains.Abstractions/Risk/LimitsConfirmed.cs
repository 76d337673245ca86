namespace Oms.Grains.Risk;

/// <summary>FastPath has taken a version of limits, or has not.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.LimitsConfirmed")]
public sealed record LimitsConfirmed
{
    [Id(0)]
    public required long LogSequence { get; init; }

    [Id(1)]
    public required long UnixNanos { get; init; }

    [Id(2)]
    public required LimitKey Key { get; init; }

    [Id(3)]
    public required long Version { get; init; }

    [Id(4)]
    public required bool IsApplied { get; init; }
}
