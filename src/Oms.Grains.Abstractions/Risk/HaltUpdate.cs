using Oms.Domain.Accounts;

namespace Oms.Grains.Risk;

/// <summary>A halt as FastPath told it.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Oms.Grains.HaltUpdate")]
public sealed record HaltUpdate
{
    /// <summary>Of the account, in an account's batch; of the log, in a policy batch.</summary>
    [Id(0)]
    public required long Sequence { get; init; }

    [Id(1)]
    public required long UnixNanos { get; init; }

    [Id(2)]
    public required HaltScope Scope { get; init; }

    /// <summary>The order, <c>exchange/account</c>, the exchange; empty for the firm.</summary>
    [Id(3)]
    public required string Name { get; init; }

    [Id(4)]
    public required HaltState State { get; init; }

    [Id(5)]
    public required HaltReason Reason { get; init; }

    /// <summary>Who did it; empty where the engine did.</summary>
    [Id(6)]
    public required string By { get; init; }
}
