namespace Oms.Grains;

/// <summary>A price, where it is from and when it was.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.NamedPrice")]
public sealed record NamedPrice
{
    /// <summary><c>binance spot BTC/USDT mid</c>.</summary>
    [Id(0)]
    public required string Name { get; init; }

    [Id(1)]
    public required decimal Price { get; init; }

    /// <summary>When the exchange stated it.</summary>
    [Id(2)]
    public required long UnixNanos { get; init; }
}
