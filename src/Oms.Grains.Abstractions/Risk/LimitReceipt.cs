namespace Oms.Grains.Risk;

/// <summary>The answer to a wish for other limits.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.LimitReceipt")]
public sealed record LimitReceipt
{
    [Id(0)]
    public required LimitDecision Decision { get; init; }

    /// <summary>Of the limits that are wanted now.</summary>
    [Id(1)]
    public required long Version { get; init; }

    /// <summary>Why not; empty where accepted.</summary>
    [Id(2)]
    public string Problem { get; init; } = "";
}
