namespace Oms.Grains.Portfolio;

/// <summary>How much of an exposure an account has.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.AccountShare")]
public sealed record AccountShare
{
    /// <summary><c>exchange/account</c>.</summary>
    [Id(0)]
    public required string Account { get; init; }

    /// <summary>In the asset; negative when short.</summary>
    [Id(1)]
    public required decimal Quantity { get; init; }
}
