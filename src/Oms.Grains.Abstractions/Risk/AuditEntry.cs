namespace Oms.Grains.Risk;

/// <summary>Who changed what, when, from what to what.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.AuditEntry")]
public sealed record AuditEntry
{
    [Id(0)]
    public required long UnixNanos { get; init; }

    [Id(1)]
    public required AuditAction Action { get; init; }

    /// <summary>Empty where the engine did it.</summary>
    [Id(2)]
    public required string By { get; init; }

    /// <summary>
    /// <c>account binance/main</c>, <c>group binance/main</c>, <c>exchange binance</c>, <c>order 17</c> or
    /// <c>firm</c>.
    /// </summary>
    [Id(3)]
    public required string Subject { get; init; }

    /// <summary>Of limits; 0 of a halt.</summary>
    [Id(4)]
    public required long Version { get; init; }

    /// <summary>Limits before; null of a halt.</summary>
    [Id(5)]
    public LimitSet? Old { get; init; }

    /// <summary>Limits after; null of a halt.</summary>
    [Id(6)]
    public LimitSet? New { get; init; }

    /// <summary>The reason of a halt; why limits were refused.</summary>
    [Id(7)]
    public string Detail { get; init; } = "";
}
