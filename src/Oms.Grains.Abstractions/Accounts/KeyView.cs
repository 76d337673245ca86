namespace Oms.Grains.Accounts;

/// <summary>An account's exchange key, as known.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.KeyView")]
public sealed record KeyView
{
    [Id(0)]
    public required KeyStatus Status { get; init; }

    /// <summary>When the exchange last completed the evidence that was asked for with it; 0 for never.</summary>
    [Id(1)]
    public required long ProvenUnixNanos { get; init; }
}
