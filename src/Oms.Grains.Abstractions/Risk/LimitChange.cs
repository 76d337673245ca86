namespace Oms.Grains.Risk;

/// <summary>Somebody wants other limits.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.LimitChange")]
public sealed record LimitChange
{
    [Id(0)]
    public required LimitKey Key { get; init; }

    /// <summary>All of them: what is null is not limited any more.</summary>
    [Id(1)]
    public required LimitSet Limits { get; init; }

    /// <summary>Of the limits that were looked at before; -1 to replace whatever holds.</summary>
    [Id(2)]
    public required long ExpectedVersion { get; init; }

    /// <summary>Who does it.</summary>
    [Id(3)]
    public required string By { get; init; }
}
