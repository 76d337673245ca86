using Oms.Domain.Accounts;

namespace Oms.Grains.Risk;

/// <summary>A halt that is in force.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.HaltView")]
public sealed record HaltView
{
    [Id(0)]
    public required HaltScope Scope { get; init; }

    /// <summary><c>exchange/account</c>, the exchange; empty for the firm.</summary>
    [Id(1)]
    public required string Name { get; init; }

    [Id(2)]
    public required HaltState State { get; init; }

    [Id(3)]
    public required HaltReason Reason { get; init; }

    /// <summary>Who did it; empty where the engine did.</summary>
    [Id(4)]
    public required string By { get; init; }

    /// <summary>Since when.</summary>
    [Id(5)]
    public required long UnixNanos { get; init; }
}
